import type { components } from './generated/api.ts';

type Responses = components['responses'];
type CodeIn<Response> = Response extends { content: { 'application/problem+json': infer Body } }
  ? Body extends { code?: infer Code }
    ? Code
    : never
  : never;

/** Every code that some refusal of the API has; a newer server may have more. */
export type ProblemCode = Extract<{ [Name in keyof Responses]: CodeIn<Responses[Name]> }[keyof Responses], string>;

/** What a refusal says of itself (RFC 9457), with facts that depend on its code. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly [fact: string]: unknown;
}

/** The server said no: branch on `code`, which is permanent. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: ProblemCode;

  constructor(
    readonly problem: Problem,
    /** What to name when asking the operator about it. */
    readonly requestId: string | null,
  ) {
    super(`${problem.title} (${problem.status} ${problem.code})`);
    this.name = ProblemError.name;
    this.status = problem.status;
    this.code = problem.code;
  }

  /** Whether it was refused for this reason; narrows nothing, reads well. */
  is(...codes: readonly ProblemCode[]): boolean {
    return codes.includes(this.code);
  }
}

/** Reads an answer's body as a problem; an answer of something else on the way is made one. */
export function problemFrom(body: unknown, status: number): Problem {
  if (typeof body === 'object' && body !== null && 'code' in body && 'title' in body) return body as Problem;
  return { type: 'about:blank', title: 'The answer is none of the API’s.', status, code: 'internal' };
}
