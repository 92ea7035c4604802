require('./compiled.cjs').keepCompiled();

import('../dist/cli.js').catch((error) => {
  if (process.env.LIMN_DEBUG === '1') console.error(error);
  else process.stderr.write(`limn could not start: ${error.message}\nSet LIMN_DEBUG=1 for the details.\n`);
  process.exitCode = 1;
});
