import { defineConfig } from "@playwright/test";
import { launchOptions } from "./support/browser.mjs";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  outputDir: "out",
  // The page computes in a worker of its own; more tests at once than cores only make each slower.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: { launchOptions, locale: "en-GB", timezoneId: "Europe/Berlin", viewport: { width: 1440, height: 900 } },
});
