#!/usr/bin/env node
// This file must parse in every version of Node, so that an old one can say what is wrong.
var version = process.versions.node.split('.');
if (Number(version[0]) < 22 || (version[0] === '22' && Number(version[1]) < 12)) {
  process.stderr.write(
    'limn needs Node 22.12 or newer, and this is ' +
      process.versions.node +
      ': install a newer one from https://nodejs.org\n',
  );
  process.exitCode = 1;
} else {
  require('./start.cjs');
}
