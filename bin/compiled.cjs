// Keeps compiled code for the next start, in the user's cache folder. Node would keep it in the temporary folder, which
// is emptied at every boot and shared with other users.
const { mkdirSync, readFileSync } = require('node:fs');
const { enableCompileCache, flushCompileCache } = require('node:module');
const { dirname, isAbsolute, join } = require('node:path');

/** Milliseconds until everything that most sessions need is loaded. */
const LOADED = 2000;
/** Milliseconds for which the code of another build is kept. */
const OLD = 24 * 60 * 60 * 1000;

exports.keepCompiled = () => {
  const folder = codeFolder();
  const own = buildId();
  if (!folder || !own || !isMade(folder)) return;
  enableCompileCache(join(folder, own));
  // Node writes the code when the process ends, but limn may be killed before.
  setTimeout(() => {
    flushCompileCache();
    removeOld(folder, own).catch(() => {});
  }, LOADED).unref();
};

/** The platform's cache folder. */
function codeFolder() {
  const { env, platform } = process;
  const inHome = (...names) => (isAbsolute(env.HOME || '') ? join(env.HOME, ...names) : undefined);
  if (platform === 'win32') return env.LOCALAPPDATA && join(env.LOCALAPPDATA, 'limn', 'Cache', 'code');
  if (platform === 'darwin') return inHome('Library', 'Caches', 'limn', 'code');
  const named = env.XDG_CACHE_HOME || '';
  return isAbsolute(named) ? join(named, 'limn', 'code') : inHome('.cache', 'limn', 'code');
}

/**
 * Whether the folder exists or could be created. Node would create it, but tries for ever where that is impossible,
 * such as in /proc.
 */
function isMade(folder) {
  try {
    make(folder);
    return true;
  } catch {
    return false;
  }
}

function make(folder) {
  try {
    mkdirSync(folder);
  } catch ({ code }) {
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(folder) === folder) throw new Error(code);
    make(dirname(folder));
    mkdirSync(folder);
  }
}

/** Each build has different file names: without an id of its own, the files of old builds would stay for ever. */
function buildId() {
  try {
    return readFileSync(join(__dirname, '../dist/.built-from'), 'utf8').slice(0, 16);
  } catch {
    return undefined;
  }
}

async function removeOld(folder, own) {
  const { readdir, rm, stat } = require('node:fs/promises');
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const old = Date.now() - (await stat(path)).mtimeMs > OLD;
    if (name !== own && old) await rm(path, { recursive: true, force: true });
  }
}
