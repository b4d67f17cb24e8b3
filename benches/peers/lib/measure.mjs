// One measurement: a fresh Chromium with a fresh profile, or a process of its own.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { launchOptions } from "../../../tests/e2e/support/browser.mjs";
import * as app from "./app.mjs";
import { profiles } from "./paths.mjs";
import { cpuTime, descendants, machineTime, peak, renderers, resident, restartPeak } from "./processes.mjs";

/**
 * Measures a peer with the file at `path`. `sites` are the addresses of the peers' page and of the app. Resolves to
 * `ms`, `cpu` (ms), `idle` and `peak` (MB), `checksum`, and in the browser `init` (ms), `task` (ms, the longest of the
 * page's own thread), `others` (cores that other processes used meanwhile); of the app also `review`, `painted` (ms)
 * and `empty` (MB, the page before the file).
 */
export function measure(peer, path, sites, timeout) {
  return peer.command ? natively(peer.command, path) : inBrowser(peer, path, sites, timeout);
}

async function inBrowser(peer, path, sites, timeout) {
  mkdirSync(profiles, { recursive: true });
  const profile = mkdtempSync(join(profiles, "profile-"));
  const options = { ...launchOptions, args: [...launchOptions.args, "--disable-gpu", "--no-first-run"] };
  let context;
  try {
    context = await chromium.launchPersistentContext(profile, { ...options, headless: true });
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(timeout);
    return await within(page, timeout, measurePage(page, peer, path, sites));
  } finally {
    await context?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function measurePage(page, peer, path, sites) {
  const { init, run, verify } = peer.app ? theApp(page, sites.app) : aPeer(page, peer, sites.peers);
  await page.goto(sites.peers);
  const idle = resident(renderers(descendants(process.pid)));
  const opened = await init();
  const processes = descendants(process.pid);
  const pages = renderers(processes);
  const empty = resident(pages);
  restartPeak(pages);
  const before = { machine: machineTime(), cpu: cpuTime(processes), at: Date.now() };
  const times = await run(path);
  const cpu = cpuTime(processes) - before.cpu;
  const others = Math.max(0, machineTime() - before.machine - cpu) / Math.max(1, Date.now() - before.at);
  const most = peak(pages);
  const checksum = peer.floor ? null : await verify();
  return { ...times, init: opened, cpu, others, idle, empty, peak: most, checksum };
}

function aPeer(page, { module, mode, options }, address) {
  return {
    init: async () => {
      await page.goto(`${address}?${new URLSearchParams({ peer: module, mode, ...options })}`);
      return page.evaluate(() => window.bench.init());
    },
    run: async (path) => {
      await page.locator("#file").setInputFiles(path);
      return page.evaluate(() => window.bench.run());
    },
    verify: () => page.evaluate(() => window.bench.verify()),
  };
}

const theApp = (page, address) => ({
  init: () => app.open(page, address),
  run: (path) => app.run(page, path),
  verify: () => app.verify(page),
});

/** What a promise resolves to, unless the page crashes or takes too long. */
function within(page, timeout, promise) {
  let timer;
  const end = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${timeout / 1000} s`)), timeout);
    page.on("crash", () => reject(new Error("the page crashed: out of memory?")));
  });
  return Promise.race([promise, end]).finally(() => clearTimeout(timer));
}

function natively(command, path) {
  const [program, ...rest] = command.map((part) => part.replace("{file}", path));
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: ["ignore", "pipe", "pipe"] });
    const said = { out: "", error: "" };
    child.stdout.on("data", (data) => (said.out += data));
    child.stderr.on("data", (data) => (said.error += data));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code) reject(new Error(said.error.trim().split("\n").at(-1) || `ended with ${code}`));
      else resolve({ idle: 0, ...JSON.parse(said.out) });
    });
  });
}
