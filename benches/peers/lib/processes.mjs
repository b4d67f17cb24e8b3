// What Linux tells of processes: their memory, their CPU time, and how busy the machine is with others.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** Milliseconds of a tick of the kernel's clock: USER_HZ is 100 wherever Linux runs. */
const TICK = 10;

const read = (file) => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // It has ended meanwhile.
  }
};

function stat(pid) {
  const text = read(`/proc/${pid}/stat`);
  // The second field is a name in brackets that may hold anything.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return text && { parent: Number(fields[1]), cpu: (Number(fields[11]) + Number(fields[12])) * TICK };
}

/** All processes that descend from one. */
export function descendants(pid) {
  const children = new Map();
  for (const name of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const process = stat(name);
    if (process) children.set(process.parent, [...(children.get(process.parent) ?? []), Number(name)]);
  }
  const found = [];
  const left = [pid];
  while (left.length) {
    const next = children.get(left.pop()) ?? [];
    found.push(...next);
    left.push(...next);
  }
  return found;
}

/** Those of the processes that render pages. */
export const renderers = (pids) => pids.filter((pid) => read(`/proc/${pid}/cmdline`).includes("--type=renderer"));

const memory = (pid, name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;

/** MB that the largest of the processes holds now. */
export const resident = (pids) => Math.max(0, ...pids.map((pid) => memory(pid, "VmRSS")));

/** MB that the largest of them held since [`restartPeak`]. */
export const peak = (pids) => Math.max(0, ...pids.map((pid) => memory(pid, "VmHWM")));

export function restartPeak(pids) {
  for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

/** CPU time of the processes so far, in ms. */
export const cpuTime = (pids) => pids.reduce((sum, pid) => sum + (stat(pid)?.cpu ?? 0), 0);

/** CPU time of the whole machine so far, in ms. */
export function machineTime() {
  // user, nice, system, idle, iowait, irq, softirq, steal; the fourth and fifth are time in which nothing was done.
  const ticks = read("/proc/stat").split("\n")[0].split(/\s+/).slice(1, 9).map(Number);
  return (ticks.reduce((sum, value) => sum + value, 0) - ticks[3] - ticks[4]) * TICK;
}

/** Waits until others use less than a third of a core, but not longer than `most` ms; resolves to the cores they use. */
export async function calm(most) {
  const end = Date.now() + most;
  for (;;) {
    const [before, began] = [machineTime(), Date.now()];
    await new Promise((resolve) => setTimeout(resolve, 700));
    const cores = (machineTime() - before) / (Date.now() - began);
    if (cores < 1 / 3 || Date.now() >= end) return cores;
  }
}
