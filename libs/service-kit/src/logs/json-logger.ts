import type { LoggerService } from '@nestjs/common';
import { loggable, masked } from '@scheduling/domain';
import pino, { type Level, type Logger } from 'pino';
import type { ErrorReports } from './error-reports.ts';
import { origin } from './origin.ts';

/** Nest's words for how severe a line is, as pino has them. */
const LEVELS = { debug: 'debug', log: 'info', warn: 'warn', error: 'error' } as const;
export type LogLevel = keyof typeof LEVELS;

/**
 * Writes one line of JSON for each thing that is told, with where it comes from: service, context, request, trace, person (hashed) and
 * event. No line tells who somebody is or how they sign in.
 */
export class JsonLogger implements LoggerService {
  private readonly pino: Logger;

  constructor(
    service: string,
    private readonly least: LogLevel,
    private readonly reports: ErrorReports | null = null,
  ) {
    const settings = {
      base: { service },
      level: LEVELS[least],
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label: string) => ({ level: label }) },
      mixin: origin,
    };
    this.pino = pino(settings, process.stdout);
  }

  log = (told: unknown, ...more: unknown[]): void => this.write('info', told, more);
  warn = (told: unknown, ...more: unknown[]): void => this.write('warn', told, more);
  error = (told: unknown, ...more: unknown[]): void => this.write('error', told, more);
  fatal = (told: unknown, ...more: unknown[]): void => this.write('fatal', told, more);
  debug = (told: unknown, ...more: unknown[]): void => this.write('debug', told, more);
  verbose = (told: unknown, ...more: unknown[]): void => this.write('debug', told, more);

  /** Tells everything from now on, or again no more than was asked for at the start; answers the least severe lines that are told now. */
  toggleDebug(): LogLevel {
    const next = this.pino.level === LEVELS[this.least] ? 'debug' : this.least;
    this.pino.level = LEVELS[next];
    return next;
  }

  /** Nest gives the context last, and an error's stack before it. */
  private write(level: Level, told: unknown, more: unknown[]): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const context = more.at(-1);
    const stack = more.length > 1 ? more[0] : undefined;
    const line = {
      ...(typeof context === 'string' && { context }),
      ...asFields(told),
      ...(typeof stack === 'string' && { stack: masked(stack) }),
    };
    this.pino[level](line);
    if (level === 'error' || level === 'fatal') this.reports?.report({ ...origin(), ...line });
  }
}

/** A text is what is told; of an object its `message` is, and the rest stands beside it. */
function asFields(told: unknown): object {
  if (told instanceof Error) return { msg: told.name, error: masked(loggable(told)) };
  if (typeof told !== 'object' || told === null) return { msg: masked(String(told)) };
  const { message, ...facts } = masked(told) as Record<string, unknown>;
  return { ...(message !== undefined && { msg: message }), ...facts };
}
