// Loaded before anything else (`node -r`), so it must parse and run on every Node there ever was.
'use strict';

var version = process.versions.node;

if (Number(version.split('.')[0]) < 20) {
  console.error(
    'Node ' +
      version +
      ' is too old: Defrag Video needs Node 20 or newer, see https://nodejs.org. Nothing was changed.',
  );
  process.exit(1);
}
