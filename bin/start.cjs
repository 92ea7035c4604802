// Compiled code is kept for the next start. It is written when the process ends, or here, since limn may be killed.
const { enableCompileCache, flushCompileCache } = require('node:module');
enableCompileCache();
setTimeout(flushCompileCache, 1500).unref();

import('../dist/cli.js').catch((error) => {
  if (process.env.LIMN_DEBUG === '1') console.error(error);
  else process.stderr.write(`limn could not start: ${error.message}\nSet LIMN_DEBUG=1 for the details.\n`);
  process.exitCode = 1;
});
