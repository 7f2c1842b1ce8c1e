import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ROOT } from '../generate/root.mjs';

/** Advisories that do not concern us: `{<advisory>: {reason, until}}`; after its day each must be looked at again. */
const ACCEPTED = JSON.parse(readFileSync(new URL('./audit.json', import.meta.url), 'utf8'));
const PATIENCE_MS = 60_000;

/** Whether a known weakness of a package concerns us; where the registry answers no audits, that is said loudly and fails nothing. */
export async function dependencyAudit() {
  const report = await askNpm();
  if (!report?.vulnerabilities) {
    return { ok: true, note: '*** NOT AUDITED: the registry does not answer audits. Run npm audit where it does. ***' };
  }
  const advisories = Object.values(report.vulnerabilities).flatMap(({ via }) => via.filter((one) => one.url));
  const today = new Date().toISOString().slice(0, 10);
  const open = advisories.filter(({ url }) => !(ACCEPTED[url]?.until >= today));
  const said = open.map(({ name, severity, title, url }) => `${severity} ${name}: ${title} ${url}`);
  return { ok: open.length === 0, said: [...new Set(said)].join('\n') };
}

/** What npm says; null where it says nothing that can be read. */
function askNpm() {
  const args = ['audit', '--omit=dev', '--json'];
  return new Promise((resolve) => {
    execFile('npm', args, { cwd: ROOT, timeout: PATIENCE_MS, maxBuffer: 50_000_000 }, (_error, said) => {
      try {
        resolve(JSON.parse(said));
      } catch {
        resolve(null);
      }
    });
  });
}
