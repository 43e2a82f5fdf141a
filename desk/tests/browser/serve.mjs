// Starts `ascribe serve` on a new ledger of the reports in a folder.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

export async function serve(program, folder) {
  const home = mkdtempSync(join(tmpdir(), "ascribe-desk-"));
  const ledger = join(home, "collection.db");
  execFileSync(program, ["add", folder, "--ledger", ledger], { stdio: "ignore" });
  const address = `127.0.0.1:${await freePort()}`;
  const server = spawn(program, ["serve", "--ledger", ledger, "--listen", address], { stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  server.stderr.on("data", (chunk) => (told += chunk));
  const ended = new Promise((done) => server.once("exit", done));
  for (let i = 0; ; i++) {
    const up = await fetch(`http://${address}/api/v1/health`).then((answer) => answer.ok, () => false);
    if (up) break;
    if (i > 100 || server.exitCode !== null) throw new Error(`ascribe serve did not start: ${told}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  const stop = async () => {
    server.kill();
    await ended;
    rmSync(home, { recursive: true, force: true });
  };
  return { address: `http://${address}`, stop };
}
