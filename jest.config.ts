import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Config } from 'jest';

// Wall-clock arithmetic reads local fields as UTC ones: every process and every test runs in UTC.
process.env['TZ'] = 'UTC';

const root = import.meta.dirname;
const swc = JSON.parse(readFileSync(`${root}/.swcrc`, 'utf8'));
delete swc.$schema;

/** Packages published as ES modules only: jest runs CommonJS, so swc turns them into it. */
const esmPackages = [
  '@nestjs',
  '@borewit',
  '@tokenizer',
  'content-disposition',
  'cookie',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  'jose',
  'cockatiel',
  'fast-check',
  'pure-rand',
  'ical-generator',
  'ical.js',
  'postal-mime',
  'rrule-temporal',
  'temporal-polyfill',
  'temporal-utils',
  'temporal-spec',
];

const project = (path: string): Config => ({
  displayName: path.split('/')[1],
  rootDir: `${root}/${path}`,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@scheduling/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/{src,test}/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  moduleNameMapper: { '^cron$': `${root}/tools/jest/still-schedule.cjs` },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        ...swc,
        swcrc: false,
        module: { type: 'commonjs' },
        jsc: { ...swc.jsc, rewriteRelativeImportExtensions: false },
      },
    ],
    '\\.m?js$': [
      '@swc/jest',
      { swcrc: false, module: { type: 'commonjs' }, jsc: { target: 'es2023', parser: { syntax: 'ecmascript' } } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join('|')})/)`],
  setupFiles: [`${root}/tools/jest/record-answers.cjs`],
  globalSetup: `${root}/tools/jest/global-setup.mjs`,
  globalTeardown: `${root}/tools/jest/global-teardown.mjs`,
});

const config: Config = {
  // Not a promise of speed: PostgreSQL takes a second to notice each deadlock, and the machine may have other things to do. `until` says
  // what it waited for before this says nothing.
  testTimeout: 60_000,
  // One process waits for the database half of its time: two cores carry two, and jest would begin but one.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  reporters: ['default', `${root}/tools/jest/summary-reporter.mjs`],
  projects: ['apps', 'libs'].flatMap((dir) => readdirSync(`${root}/${dir}`).map((name) => project(`${dir}/${name}`))),
};

export default config;
