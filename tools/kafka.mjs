#!/usr/bin/env node
// A real Apache Kafka (KRaft, broker and controller in one process) for development and tests. Plain Node, no packages; needs java 17+ and mvn.
//   node kafka.mjs --data .data/kafka [--port 19092] [--controller-port 19093] [--cache .cache] [--version 4.4.0] [--heap 256] [--set key=value]...
//   --scram name=password makes a user as the data is first formatted.
//   Nodes of one cluster share a --cluster-id (22 characters of base64url) and name each other by --set: tools/prove/kafka-cluster.mjs.
// Prints one JSON line {"pid":…,"port":…,…} once the broker answers. SIGTERM, SIGINT or SIGHUP stop it cleanly. Its log is <data>/kafka.log.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values: arg } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string' },
    'controller-port': { type: 'string' },
    cache: { type: 'string', default: '.cache' },
    version: { type: 'string', default: '4.4.0' },
    heap: { type: 'string', default: '256' },
    'cluster-id': { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
    scram: { type: 'string', multiple: true, default: [] },
  },
});
if (!arg.data) throw new Error('--data DIR is needed');
const data = resolve(arg.data),
  dist = resolve(arg.cache, `kafka-${arg.version}`),
  lock = join(data, 'lock');
const startedAt = Date.now();
let child,
  locked = false,
  stopping = false;

/** A child in a group of its own: Ctrl-C in a terminal reaches only us, so that one stop is asked for, not two. */
function run(command, args, logFile) {
  const log = openSync(logFile, 'a');
  child = spawn(command, args, { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  const why = () =>
    readFileSync(logFile, 'utf8')
      .split('\n')
      .filter((line) => /ERROR|Exception:/.test(line))
      .slice(-4)
      .join('\n');
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) =>
      code === 0
        ? done()
        : fail(
            new Error(
              `${args.includes('kafka.Kafka') ? 'kafka' : command} ended with ${signal ?? code}, see ${logFile}\n${why()}`,
            ),
          ),
    );
  });
}

async function fetchJars() {
  if (existsSync(dist)) return;
  const work = `${dist}.${process.pid}.tmp`; // the finished folder appears at once, by the rename: two first runs at a time do no harm
  mkdirSync(work, { recursive: true });
  const dependency = (group, artifact, version) =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  writeFileSync(
    join(work, 'pom.xml'),
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>kafka-dist</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>${dependency('org.apache.kafka', 'kafka_2.13', arg.version)}${dependency('org.slf4j', 'slf4j-simple', '1.7.36')}</dependencies></project>`,
  );
  try {
    await run(
      'mvn',
      [
        '-q',
        '-B',
        '-f',
        join(work, 'pom.xml'),
        'dependency:copy-dependencies',
        `-DoutputDirectory=${join(work, 'lib')}`,
        '-DincludeScope=runtime',
      ],
      join(work, 'mvn.log'),
    );
    renameSync(work, dist);
  } catch (error) {
    rmSync(work, { recursive: true, force: true });
    if (!existsSync(dist)) throw error;
  }
}

/** Kafka's own lock is taken too late: a second broker on the folder first spoils the metadata log of the one that runs. */
function lockData() {
  mkdirSync(data, { recursive: true });
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
  } catch {
    const isKafka = (pid) => {
      try {
        return /kafka/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      } catch {
        return false;
      }
    };
    const holder = readFileSync(lock, 'utf8').split(' ').find(isKafka); // this script's pid, then java's
    if (holder) throw new Error(`${data} is in use by process ${holder}`);
    writeFileSync(lock, String(process.pid));
  }
  locked = true;
}

const freePort = () =>
  new Promise((done, fail) => {
    const server = net
      .createServer()
      .on('error', fail)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => done(port));
      });
  });

/** Metadata v4 for no topics. Ready: a broker is listed, and it is ours (another one may hold the port), by the cluster id in the answer. */
const isReady = (port, clusterId) =>
  new Promise((done) => {
    // In hex: size, key, version, correlation id; then client id "mjs", no topics, no creation.
    const request = Buffer.from('00000012000300040000000100036d6a730000000000', 'hex');
    let answer = Buffer.alloc(0);
    const socket = net.connect(port, '127.0.0.1', () => socket.write(request));
    socket.setTimeout(1000, () => socket.destroy());
    socket.on('error', () => {});
    socket.on('data', (part) => {
      answer = Buffer.concat([answer, part]);
      if (answer.length > 3 && answer.length >= 4 + answer.readInt32BE(0)) socket.end();
    });
    socket.on('close', () => done(answer.length > 16 && answer.readInt32BE(12) > 0 && answer.includes(clusterId))); // after size, correlation, throttle: brokers
  });

const end = (code) => {
  if (locked) rmSync(lock, { force: true });
  process.exit(code);
};
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    if (!child || child.exitCode !== null || child.signalCode !== null) end(0);
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 15_000); // a broker that has lost its controller waits for ever
  });

try {
  await fetchJars();
  const fetchedAt = Date.now();
  lockData();
  const port = Number(arg.port) || (await freePort()),
    controllerPort = Number(arg['controller-port']) || (await freePort());
  const config = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'log.dirs': join(data, 'log'),
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 5,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 5,
    'group.initial.rebalance.delay.ms': 0,
    'log.cleaner.dedupe.buffer.size': 2_097_152,
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 500,
    ...Object.fromEntries(arg.set.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
  };
  const properties = join(data, 'server.properties'),
    meta = join(data, 'log', 'meta.properties'),
    logFile = join(data, 'kafka.log');
  writeFileSync(
    properties,
    Object.entries(config)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );
  const java = [
    '-Xms32m',
    `-Xmx${arg.heap}m`,
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-XX:+ExitOnOutOfMemoryError',
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
    '-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS',
    '-cp',
    join(dist, 'lib', '*'),
  ];
  if (!existsSync(meta)) {
    const users = arg.scram.flatMap((pair) => {
      const [name, password] = pair.split('=');
      return ['--add-scram', `SCRAM-SHA-512=[name=${name},password=${password}]`];
    });
    const id = arg['cluster-id'] ?? `A${randomBytes(16).toString('base64url').slice(1)}`; // never with a '-' in front: it would be taken for an option
    await run('java', [...java, 'kafka.tools.StorageTool', 'format', '-t', id, '-c', properties, ...users], logFile);
  }
  const clusterId = readFileSync(meta, 'utf8').match(/^cluster\.id=(.*)$/m)[1];
  const formattedAt = Date.now();
  if (stopping) end(0);
  const tie = spawnSync('setpriv', ['--version']).status === 0 ? ['setpriv', '--pdeathsig', 'TERM', 'java'] : ['java']; // java goes when this process is killed with -9
  run(tie[0], [...tie.slice(1), ...java, 'kafka.Kafka', properties], logFile).then(
    () => end(0),
    (error) => {
      if (!stopping) console.error(error.message);
      end(stopping ? 0 : 1);
    },
  );
  writeFileSync(lock, `${process.pid} ${child.pid}`);
  while (!(await isReady(port, clusterId))) {
    if (Date.now() - formattedAt > 60_000) {
      child.kill('SIGKILL');
      throw new Error(`not ready in 60 s, see ${logFile}`);
    }
    await new Promise((next) => setTimeout(next, 50));
  }
  console.log(
    JSON.stringify({
      pid: child.pid,
      port,
      controllerPort,
      data,
      version: arg.version,
      ms: { fetch: fetchedAt - startedAt, format: formattedAt - fetchedAt, start: Date.now() - formattedAt },
    }),
  );
} catch (error) {
  if (!stopping) console.error(error.message);
  end(stopping ? 0 : 1);
}
