/**
 * Imported first by every entry point. better-sqlite3 13 needs Node-API 10 and ends the process without a word on an
 * older Node, so that the reason has to be told before it is loaded.
 */
const nodeApi = Number(process.versions.napi ?? 0);
if (nodeApi < 10) {
  console.error(
    `This needs Node 22.14 or newer, and this is Node ${process.versions.node}: start it through npm run, which brings its own.`,
  );
  process.exit(1);
}
