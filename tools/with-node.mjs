// node tools/with-node.mjs <script> [arguments]: installs what is missing, then runs the script with Node 24.
// Any Node since version 12 can read this file, so that an old one gets a sentence and not a syntax error.
import { spawn } from 'child_process';
import { existsSync, readFileSync } from 'fs';
import { constants } from 'os';
import { delimiter, dirname, join } from 'path';
import { fileURLToPath } from 'url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockfile = join(root, 'package-lock.json');
const installed = join(root, 'node_modules', '.package-lock.json');
const [script, ...rest] = process.argv.slice(2);
const broughtWith = process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64');
const began = Date.now() - Math.round(process.uptime() * 1000);
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const version = process.versions.node.split('.').map(Number);
const isAtLeast = (major, minor) => version[0] > major || (version[0] === major && version[1] >= minor);

function give(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Whether node_modules holds what package-lock.json asks for: npm keeps there what it has installed. */
function isInstalled() {
  if (!existsSync(installed)) return false;
  const asked = JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.keys(asked).every((path) => {
    if (!path.startsWith('node_modules/')) return true;
    const { version, resolved, optional } = asked[path];
    if (!present[path]) return optional === true; // a package for another platform
    return present[path].version === version && present[path].resolved === resolved;
  });
}

/** A Node that is not in node_modules, which npm is about to replace. */
function outerNode() {
  const inside = join(root, 'node_modules');
  if (!process.execPath.startsWith(inside)) return process.execPath;
  const folders = (process.env.PATH || '').split(delimiter).filter((dir) => dir && !dir.startsWith(inside));
  return folders.map((dir) => join(dir, 'node')).find(existsSync) || process.execPath;
}

function npmCommand() {
  const cli = process.env.npm_execpath;
  return cli && /npm-cli\.c?js$/.test(cli) ? [outerNode(), cli] : ['npm'];
}

/** Runs `npm ci`, which says nothing unless it fails, beside a line every five seconds. */
function install() {
  console.error('Installing packages; this takes about a minute the first time');
  const [command, ...first] = npmCommand();
  const args = [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const ticker = setInterval(() => console.error('  still installing, ' + seconds() + ' s'), 5000);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  let stopped;
  const stop = (signal) => {
    stopped = signal;
    child.kill('SIGKILL'); // asked kindly, npm takes half a minute; what is half installed is installed anew
  };
  SIGNALS.forEach((signal) => process.on(signal, stop));
  return new Promise((resolve) => {
    child.once('error', (error) => give('npm cannot be run: ' + error.message));
    child.once('close', (code) => {
      clearInterval(ticker);
      SIGNALS.forEach((signal) => process.removeListener(signal, stop));
      if (stopped) process.exit(128 + constants.signals[stopped]);
      if (/ENOSPC|no space left/i.test(said)) give('The disk is full: free some space and run this again.');
      if (code !== 0) give(said.slice(-4000) + '\nnpm ci failed; what it said is above.');
      console.error('Installed in ' + seconds() + ' s');
      resolve();
    });
  });
}

/** The Node that the project brings, else this one if it is new enough. */
function node24() {
  const brought = join(root, 'node_modules', '.bin', 'node');
  if (broughtWith && existsSync(brought)) return brought;
  if (isAtLeast(24, 0)) return process.execPath;
  return give(
    'This project runs on Node 24, and npm did not install it: install Node 24 (https://nodejs.org) yourself.',
  );
}

/** Runs the script beside this process, hands it every signal, and ends as it ends. */
function run(node) {
  // The fourth stream tells the child when we are gone, whatever ended us.
  const options = {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: Object.assign({}, process.env, { TZ: 'UTC', STARTED_AT: String(began) }),
  };
  const child = spawn(node, [script, ...rest], options);
  const sent = new Set();
  const forward = (signal) => {
    if (sent.has(signal)) return;
    sent.add(signal);
    child.kill(signal);
  };
  SIGNALS.forEach((signal) => process.on(signal, forward));
  if (process.env.npm_lifecycle_event) watchParents(() => forward('SIGTERM'));
  child.once('error', (error) => give('Node 24 does not run on this machine: ' + error.message));
  child.once('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}

/** An npm that is killed, or whose shell is, tells nobody: their orphans notice that they have another parent. */
function watchParents(lost) {
  const before = parents();
  const timer = setInterval(() => {
    if (parents() === before) return;
    clearInterval(timer);
    lost();
  }, 250);
  timer.unref();
}

/** Our parent; and its own, where that can be read and ours is but the shell that npm runs scripts by. */
function parents() {
  const stat = '/proc/' + process.ppid + '/stat';
  if (!existsSync(stat)) return String(process.ppid);
  const [, name, parent] = readFileSync(stat, 'utf8').match(/\((.*)\) \S (\d+)/s);
  return /sh$/.test(name) ? process.ppid + ' ' + parent : String(process.ppid);
}

if (!script) give('Usage: node tools/with-node.mjs <script> [arguments]');
else if (broughtWith ? !isAtLeast(20, 19) : !isAtLeast(24, 0)) {
  const needed = broughtWith ? '20.19' : '24';
  give('This project needs Node ' + needed + ' or newer, and this is ' + process.version + ': see https://nodejs.org.');
} else {
  Promise.resolve(isInstalled() || install())
    .then(() => run(node24()))
    .catch((error) => give(error.stack));
}
