import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Metrics } from '@scheduling/service-kit';
import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { CalendarSyncConfig } from '../config.ts';
import { TokensService } from '../connections/tokens.service.ts';
import { calendarOf, isGoogleOn, type RequestOptions, requestOptions } from './google-client.ts';
import { failureOf, GoogleFailure } from './google-failure.ts';
import { RequestBudget } from './request-budget.ts';

/** After so many failures in a row Google is left in peace for so long, in milliseconds. */
const BREAKER = { failures: 10, restMs: 10_000 };

/** What is asked of a person's calendars; the options go with every request. */
type Ask<T> = (calendar: calendar_v3.Calendar, options: RequestOptions) => Promise<{ data: T }>;

/** The one door to Google's calendar: a token that lives, a budget, and a breaker that all requests share. */
@Injectable()
export class GoogleAccess {
  private readonly budget = new RequestBudget();
  private readonly breaker = circuitBreaker(
    handleWhen((error) => error instanceof GoogleFailure && error.kind === 'unreachable'),
    { halfOpenAfter: BREAKER.restMs, breaker: new ConsecutiveBreaker(BREAKER.failures) },
  );
  private readonly requests;

  constructor(
    private readonly config: CalendarSyncConfig,
    private readonly tokens: TokensService,
    metrics: Metrics,
  ) {
    this.requests = metrics.counter({
      name: 'google_requests_total',
      help: 'Requests to Google Calendar, by how they ended.',
      labelNames: ['outcome'] as const,
    });
  }

  /** Whether Google is set up here at all. */
  get isOn(): boolean {
    return isGoogleOn(this.config);
  }

  /** Asks Google once as a person, and gives what it answered; throws `GoogleFailure`. */
  async as<T>(person: PersonId, ask: Ask<T>): Promise<T> {
    try {
      const answer = await this.breaker.execute(() => this.authorized(person, ask));
      this.requests.inc({ outcome: 'answered' });
      return answer;
    } catch (error) {
      const failure = this.judged(person, error);
      this.requests.inc({ outcome: failure.kind });
      throw failure;
    }
  }

  /** A token may have been taken back before its time: it is refreshed once, and the request made again. */
  private async authorized<T>(person: PersonId, ask: Ask<T>): Promise<T> {
    const token = await this.tokens.accessToken(person);
    try {
      return await this.once(person, token, ask);
    } catch (error) {
      if (!(error instanceof GoogleFailure) || error.kind !== 'unauthorized') throw error;
      return this.once(person, await this.tokens.accessToken(person, token), ask);
    }
  }

  private async once<T>(person: PersonId, token: string, ask: Ask<T>): Promise<T> {
    const wait = this.budget.take(person);
    if (wait > 0) throw new GoogleFailure('rate_limited', 'own_budget', wait);
    try {
      const { data } = await ask(calendarOf(this.config, token), requestOptions());
      this.budget.answered(person);
      return data;
    } catch (error) {
      throw failureOf(error);
    }
  }

  private judged(person: PersonId, error: unknown): GoogleFailure {
    if (error instanceof BrokenCircuitError) return new GoogleFailure('unreachable', 'circuit_open', BREAKER.restMs);
    const failure = failureOf(error);
    if (failure.kind !== 'rate_limited' || OWN_WAITS.has(failure.code)) return failure;
    return new GoogleFailure('rate_limited', failure.code, this.budget.refused(person, failure.retryAfterMs));
  }
}

/** Waits that are ours: Google has not said no. */
const OWN_WAITS = new Set(['own_budget', 'token_underway']);
