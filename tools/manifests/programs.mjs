import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../generate/root.mjs';

const KUSTOMIZE = '5.8.1';
/** Its version is that of the newest Kubernetes whose schemas it has. */
const VALIDATOR = '1.37.0';
const OPERATOR = 'github.com/prometheus-operator/prometheus-operator@v0.85.0';

/** Where programs are kept that this machine does not have. */
const KEPT = join(ROOT, '.cache', 'manifests');

/** Runs a program to its end; answers what it said and how it ended. */
export function run(program, args, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, ...env },
  });
  if (error) throw new Error(`${program} cannot run: ${error.message}`);
  return { status, stdout, stderr };
}

function must(program, args, env) {
  const { status, stdout, stderr } = run(program, args, env);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stderr.trim()}`);
  return stdout;
}

/** kustomize of our version, from Go's modules. */
export function kustomize() {
  const program = join(KEPT, `kustomize-${KUSTOMIZE}`, 'kustomize');
  if (!existsSync(program)) {
    must('go', ['install', `sigs.k8s.io/kustomize/kustomize/v5@v${KUSTOMIZE}`], {
      GOBIN: join(program, '..'),
      GOFLAGS: '',
    });
  }
  return program;
}

/** kubernetes-validate of our version, from Python's packages in a place of its own. */
export function validator() {
  const place = join(KEPT, `kubernetes-validate-${VALIDATOR}`);
  const program = join(place, 'bin', 'kubernetes-validate');
  if (!existsSync(program)) {
    mkdirSync(KEPT, { recursive: true });
    must('python3', ['-m', 'venv', place]);
    must(join(place, 'bin', 'pip'), [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      `kubernetes-validate==${VALIDATOR}`,
    ]);
  }
  return { program, version: VALIDATOR };
}

/** The folder in which the Prometheus operator describes its resources. */
export function operatorResources() {
  const { Dir } = JSON.parse(must('go', ['mod', 'download', '-json', OPERATOR], { GOFLAGS: '-mod=mod' }));
  return join(Dir, 'example', 'prometheus-operator-crd');
}
