import {
  type Attributes,
  context,
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';

/** What is done as part of a trace. */
export interface Step {
  /** What it is called in the trace: an operation, never a value. */
  readonly name: string;
  readonly kind?: SpanKind;
  /** Facts beside its name, by OpenTelemetry's semantic conventions where they have a word for it; nothing personal. */
  readonly attributes?: Attributes;
}

const TRACER = createContextKey('tracer of the service at work');
const tracers = new Map<string, Tracer>();

/** Lets the steps of a service be told of by a tracer of its own, until it is called with null; several services may share a process. */
export function traceBy(service: string, tracer: Tracer | null): void {
  if (tracer) tracers.set(service, tracer);
  else tracers.delete(service);
}

/** Does work as a step of the trace that is under way; nothing is told of it where none is. */
export function asStep<T>(step: Step, work: () => Promise<T>): Promise<T> {
  const tracer = context.active().getValue(TRACER) as Tracer | undefined;
  return tracer ? told(tracer, step, work) : work();
}

/**
 * Does work as a step of the trace that a W3C `traceparent` names, or as the first of a new one; nothing is told of it where the
 * service is not traced.
 */
export function continueTrace<T>(
  service: string,
  traceparent: string | null | undefined,
  step: Step,
  work: () => Promise<T>,
): Promise<T> {
  const tracer = tracers.get(service);
  if (!tracer) return work();
  const parent = propagation.extract(ROOT_CONTEXT, traceparent ? { traceparent } : {});
  return context.with(parent.setValue(TRACER, tracer), () => told(tracer, step, work));
}

/** The W3C `traceparent` of the step under way, for whoever goes on with it elsewhere or later; null where nobody traces. */
export function traceparent(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** The ids of the step under way, as logs name them; nothing where nobody traces. */
export function traceIds(): { trace_id?: string; span_id?: string } {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

function told<T>(
  tracer: Tracer,
  { name, kind = SpanKind.INTERNAL, attributes }: Step,
  work: () => Promise<T>,
): Promise<T> {
  // The work begins at once, before anything is awaited: statements are sent in the order in which they were asked for.
  return tracer.startActiveSpan(name, { kind, ...(attributes && { attributes }) }, (span) => ended(span, work));
}

async function ended<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // Its name only: a message may quote what a person wrote.
    span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
