// Where things lie. All that is downloaded, built or measured stands in .tools/peers, which git ignores.
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const here = resolve(dirname(fileURLToPath(import.meta.url)), "..");
export const root = resolve(here, "../..");
/** The released page. */
export const dist = join(root, "dist");

const made = join(root, ".tools/peers");
/** Generated files of orders. */
export const data = join(made, "data");
/** The page of the peers, bundled. */
export const site = join(made, "site");
/** Every run that was measured, a file for each call. */
export const runs = join(made, "runs");
/** Profiles of browsers. */
export const profiles = join(made, "profiles");
/** The Python that has DuckDB and Polars. */
export const python = join(made, "venv/bin/python");
/** What cargo builds of native/. */
export const target = join(made, "target");
