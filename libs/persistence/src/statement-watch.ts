import { basename } from 'node:path';
import { SpanKind } from '@opentelemetry/api';
import { asStep } from './tracing.ts';

/** A statement that took longer than it should. */
export interface SlowStatement {
  /** Where in the code it stands, such as `seats.store take`; its text and values are not told. */
  readonly statement: string;
  readonly milliseconds: number;
}

const SLOW_MS = 500;

/** Sees each statement go by: tells of slow ones by name, and has each stand in the trace under way. */
export class StatementWatch {
  private slow: (statement: SlowStatement) => void = () => undefined;

  /** Has each slow statement told. */
  onSlow(tell: (statement: SlowStatement) => void): void {
    this.slow = tell;
  }

  /** Runs a statement that is called `name`. */
  watch<T>(name: string, run: () => Promise<T>): Promise<T> {
    const step = {
      name,
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'postgresql', 'db.query.summary': name },
    };
    return this.timed(name, () => asStep(step, run));
  }

  private async timed<T>(statement: string, run: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await run();
    } finally {
      const milliseconds = performance.now() - began;
      if (milliseconds > SLOW_MS) this.slow({ statement, milliseconds: Math.round(milliseconds) });
    }
  }
}

const places = new WeakMap<TemplateStringsArray, string>();
const OWN = /persistence[\\/](?:src|dist)[\\/](?:database|glance|statement-watch|statements)\.[jt]s$/;

/** What the statement of a template is called: file and function around it, looked up once for each. */
export function placeOf(template: TemplateStringsArray): string {
  const known = places.get(template);
  if (known) return known;
  const place = caller();
  places.set(template, place);
  return place;
}

/** Reads the frames as they are: to look up where they stand in the sources would cost more than the statement. */
function caller(): string {
  const usual = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  Error.prepareStackTrace = (_, sites) => sites;
  const sites = new Error('where am I?').stack as unknown as NodeJS.CallSite[];
  if (usual) Object.defineProperty(Error, 'prepareStackTrace', usual);
  else Reflect.deleteProperty(Error, 'prepareStackTrace');
  const site = sites.find((one) => one.getFileName() && !OWN.test(one.getFileName()!));
  const file = basename(site?.getFileName() ?? 'unknown').replace(/\.[jt]s$/, '');
  return [file, site?.getFunctionName()?.split('.').at(-1)].filter(Boolean).join(' ');
}

const VERB = /\b(select|insert|update|delete)\b/i;
const TABLE = /\b(?:from|into|update)\s+([a-z_.]+)/i;

/** What a statement is called whose text was put together: a verb and a table. */
export const summaryOf = (text: string): string =>
  [VERB.exec(text)?.[1], TABLE.exec(text)?.[1]].filter(Boolean).join(' ').toLowerCase();
