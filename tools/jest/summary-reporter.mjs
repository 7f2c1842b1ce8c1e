import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DEEDS } from '../audit/deeds.mjs';
import { unseen } from '../audit/seen.mjs';
import { compare } from '../contract/compare.mjs';

// Holds what services answered in the tests against the API's description, and what they left in the audit trail against what is promised of
// each route (a whole run only), and ends the run with one plain line that any CI can read:
// "N passed, N failed".
export default class SummaryReporter {
  constructor({ projects, testPathPatterns, testNamePattern }) {
    this.isWhole = (contexts) =>
      contexts.size === projects.length && testPathPatterns.patterns.length === 0 && !testNamePattern;
  }

  onRunComplete(contexts, results) {
    const [contract, deeds] = [this.contract(), this.deeds(contexts)];
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + contract.failed + deeds.failed;
    const skipped = results.numPendingTests ? `, ${results.numPendingTests} skipped` : '';
    console.log(`${results.numPassedTests + contract.passed + deeds.passed} passed, ${failed} failed${skipped}`);
  }

  /** What jest asks a reporter for: an error makes the run fail. */
  getLastError() {
    return this.error;
  }

  contract() {
    const file = process.env.CONTRACT_FILE;
    if (!file || !existsSync(file)) return { passed: 0, failed: 0 };
    const answers = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    rmSync(dirname(file), { recursive: true, force: true });
    delete process.env.CONTRACT_FILE;
    const { operations, operationsSeen, wrong } = compare(answers);
    for (const fault of wrong.toSorted()) console.log(`contract: ${fault}`);
    console.log(
      `contract: ${answers.length} answers of ${operationsSeen} of ${operations} operations held against docs/openapi.json, ${wrong.length} differ`,
    );
    if (wrong.length > 0) this.error = new Error('Answers differ from docs/openapi.json.');
    return { passed: wrong.length === 0 ? 1 : 0, failed: wrong.length };
  }

  deeds(contexts) {
    const file = process.env.DEEDS_FILE;
    if (!file) return { passed: 0, failed: 0 };
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    rmSync(dirname(file), { recursive: true, force: true });
    delete process.env.DEEDS_FILE;
    if (!this.isWhole(contexts)) return { passed: 0, failed: 0 };
    const missing = unseen(lines);
    console.log(
      `audit: ${Object.keys(DEEDS).length} routes that can change something, ${missing.length} not seen in the trail`,
    );
    for (const fault of missing) console.log(`audit: ${fault}`);
    if (missing.length > 0) this.error = new Error('The audit trail does not have what it should.');
    return { passed: missing.length === 0 ? 1 : 0, failed: missing.length };
  }
}
