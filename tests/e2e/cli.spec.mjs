// The command line and the page give the same report, byte for byte.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "./support/app.mjs";
import { beside, cdnow, root } from "./support/data.mjs";

const program = process.env.PERENNIAL_BIN ?? join(root, "target/debug/perennial");
const run = promisify(execFile);
const retail = beside("oracle/data/online_retail_2010_2011_sample.csv");

for (const [name, path] of Object.entries({ CDNOW: cdnow.path, "Online Retail": retail })) {
  if (!path) {
    console.log(`cli.spec: the reference data is not beside this checkout, so ${name} is not compared.`);
    continue;
  }
  test(`${name}: page and command line`, async ({ app }) => {
    await app.analyse(path);
    const fromPage = await app.exported();
    const { stdout } = await run(program, [path, "--json"], { encoding: "buffer", maxBuffer: 1 << 28 });
    expect(stdout.length).toBeGreaterThan(1000);
    expect(fromPage.toString("utf8")).toBe(stdout.toString("utf8"));
  });
}
