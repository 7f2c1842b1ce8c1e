import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KafkaCluster } from '../src/kafka-client.ts';

const ROOT = join(__dirname, '../../..');
const STORE_PASSWORD = 'of-a-test';
export const USER = { username: 'scheduling', password: 'known-to-the-broker' };

/** A broker of its own that lets in by TLS and by SASL only, with a certificate that nobody else knows. */
export interface SecuredKafka {
  readonly cluster: KafkaCluster & Required<Pick<KafkaCluster, 'tls' | 'user'>>;
  readonly stop: () => Promise<void>;
}

/** Starts one; it takes Java, as `tools/kafka.mjs` does. */
export async function securedKafka(): Promise<SecuredKafka> {
  const folder = mkdtempSync(join(tmpdir(), 'scheduling-kafka-'));
  const [port, secured, controller] = [await freePort(), await freePort(), await freePort()];
  const store = join(folder, 'broker.p12');
  const ca = certificate(store);
  const settings = {
    listeners: `PLAINTEXT://127.0.0.1:${port},SASL_SSL://127.0.0.1:${secured},CONTROLLER://127.0.0.1:${controller}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT',
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-512',
    'listener.name.sasl_ssl.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_${USER.username}="${USER.password}";`,
    'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config':
      'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': store,
    'ssl.keystore.password': STORE_PASSWORD,
  };
  const asked: [string, string][] = [
    ['data', join(folder, 'data')],
    ['port', String(port)],
    ['controller-port', String(controller)],
    ['scram', `${USER.username}=${USER.password}`],
    ...Object.entries(settings).map(([name, value]): [string, string] => ['set', `${name}=${value}`]),
  ];
  const broker = spawn(process.execPath, [join(ROOT, 'tools/kafka.mjs'), ...optionsOf(asked)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => broker.once('close', () => done()));
  let said = '';
  broker.stderr.on('data', (text) => (said += text));
  const stop = async () => {
    broker.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const isUp = await Promise.race([
    new Promise<boolean>((up) => broker.stdout.once('data', () => up(true))),
    ended.then(() => false),
  ]);
  if (!isUp) {
    await stop();
    throw new Error(`The broker did not start: ${said}`);
  }
  const user = { mechanism: 'scram-sha-512' as const, ...USER };
  return { cluster: { brokers: [`127.0.0.1:${secured}`], tls: { ca }, user }, stop };
}

const optionsOf = (asked: [string, string][]): string[] => asked.flatMap(([name, value]) => [`--${name}`, value]);

/** Makes a key with a certificate that it signs itself; answers the certificate in PEM. */
function certificate(store: string): string {
  const own = ['-keystore', store, '-storepass', STORE_PASSWORD, '-alias', 'broker'];
  const name = ['-dname', 'CN=broker', '-ext', 'SAN=ip:127.0.0.1', '-validity', '1'];
  keytool('-genkeypair', ...own, ...name, '-keyalg', 'EC', '-storetype', 'PKCS12');
  keytool('-exportcert', '-rfc', ...own, '-file', `${store}.pem`);
  return readFileSync(`${store}.pem`, 'utf8');
}

function keytool(...args: string[]): void {
  const { status, stdout } = spawnSync('keytool', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`keytool: ${stdout}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => void server.close(done));
  return port;
}
