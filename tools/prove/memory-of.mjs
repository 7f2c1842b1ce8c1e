import { readFileSync } from 'node:fs';

/** The memory that a process has, in MB; 0 where the system does not tell. */
export function megabytesOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
