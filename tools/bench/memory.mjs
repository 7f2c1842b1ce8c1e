import { compare, median } from './statistics.mjs';
import { megabytes } from './table.mjs';

const EVERY_MS = 250;

/** Does work and meanwhile looks how much memory processes have: its result, and what each had, in megabytes. */
export async function watchingMemory(children, work) {
  const samples = Object.fromEntries(children.map(({ name }) => [name, []]));
  const look = () => children.forEach((child) => samples[child.name].push(child.megabytes));
  look();
  const timer = setInterval(look, EVERY_MS);
  try {
    return { result: await work(), samples };
  } finally {
    clearInterval(timer);
    look();
  }
}

/** One row for a process: its memory in the last quarter of the work beside the second; start, peak and end in words. */
export function memoryRow(name, samples, aim) {
  const quarter = (nth) =>
    samples.slice(Math.floor((samples.length * nth) / 4), Math.ceil((samples.length * (nth + 1)) / 4));
  const [start, peak, end] = [samples[0], Math.max(...samples), samples.at(-1)].map((value) => Math.round(value));
  return compare({
    what: `memory of ${name}: last quarter over second (${start} at first, ${peak} at most, ${end} at last)`,
    ours: [median(quarter(3))],
    twin: [median(quarter(1))],
    show: megabytes,
    aim,
  });
}
