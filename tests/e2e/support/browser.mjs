// How Chromium is started, for tests, pictures and measurements alike.
import { existsSync } from "node:fs";

const found = [process.env.CHROME_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));
if (!found) throw new Error("Chromium was not found; `make test` installs it, or set CHROME_PATH.");

export const launchOptions = {
  executablePath: found,
  args: [
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Chromium refuses its sandbox to root, which is who runs in a container.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ],
};
