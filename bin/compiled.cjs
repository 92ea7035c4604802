// Compiled code is kept for the next start, in a folder of the user's own: in the temporary one, where Node would keep
// it, it is gone with every boot, and on a shared machine it is somebody else's.
const { mkdirSync, readFileSync } = require('node:fs');
const { enableCompileCache, flushCompileCache } = require('node:module');
const { dirname, isAbsolute, join } = require('node:path');

/** Milliseconds until all is loaded that most sessions need. */
const LOADED = 2000;
/** Milliseconds for which the code of another limn is kept. */
const OLD = 24 * 60 * 60 * 1000;

exports.keepCompiled = () => {
  const folder = codeFolder();
  const own = buildId();
  if (!folder || !own || !isMade(folder)) return;
  enableCompileCache(join(folder, own));
  // Node writes it when the process ends; but limn may be killed.
  setTimeout(() => {
    flushCompileCache();
    removeOld(folder, own).catch(() => {});
  }, LOADED).unref();
};

/** Where the platform has what can be made again. */
function codeFolder() {
  const { env, platform } = process;
  const inHome = (...names) => (isAbsolute(env.HOME || '') ? join(env.HOME, ...names) : undefined);
  if (platform === 'win32') return env.LOCALAPPDATA && join(env.LOCALAPPDATA, 'limn', 'Cache', 'code');
  if (platform === 'darwin') return inHome('Library', 'Caches', 'limn', 'code');
  const named = env.XDG_CACHE_HOME || '';
  return isAbsolute(named) ? join(named, 'limn', 'code') : inHome('.cache', 'limn', 'code');
}

/**
 * Node makes it by itself, but tries for ever where a folder is said to be missing that no one can make: in /proc, for
 * example.
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

/** Every build has files of other names: those of the one before would stay for ever. */
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
