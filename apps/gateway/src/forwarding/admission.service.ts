import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { bearerOf, NotSignedIn, Tokens } from '@scheduling/service-kit';
import { GatewayConfig } from '../config.ts';
import type { LimitClass } from '../limits/limits.policy.ts';
import { type Allowance, limitHeaders, LimitsService } from '../limits/limits.service.ts';
import { clientAddress, countedAs } from './client-address.ts';
import { ErasedPeople } from './erased-people.ts';
import { IntroductionService } from './introduction.service.ts';

/** What a request is like, and where it comes from. */
interface Asked {
  readonly kind: LimitClass;
  readonly address: string;
}

/** Lets requests in: those that are not one too many, with a good token unless the address is public. */
@Injectable()
export class AdmissionService {
  constructor(
    private readonly tokens: Tokens,
    private readonly introductions: IntroductionService,
    private readonly limits: LimitsService,
    private readonly erased: ErasedPeople,
    private readonly config: GatewayConfig,
  ) {}

  /** Counts whoever is about to have something open here, before anybody looks at their token; answers and refuses as `admit` does. */
  count(request: Pick<IncomingMessage, 'headers' | 'socket'>): Promise<Record<string, string>> {
    return this.admit({}, { kind: 'read', address: clientAddress(request, this.config.TRUSTED_PROXIES) }, true);
  }

  /** Refuses a request, or gives the headers that tell what is left. An address is counted before its token is looked at. */
  async admit(headers: Record<string, unknown>, asked: Asked, isPublic: boolean): Promise<Record<string, string>> {
    const allowances = [await this.limits.count('address', countedAs(asked.address), asked.kind)];
    if (!isPublic) allowances.push(await this.letIn(headers, asked.kind));
    return limitHeaders(allowances.filter((one): one is Allowance => one !== null));
  }

  private async letIn(headers: Record<string, unknown>, kind: LimitClass): Promise<Allowance | null> {
    const token = bearerOf(headers);
    if (token === null) throw new NotSignedIn();
    const caller = await this.tokens.verify(token);
    this.erased.refuse(caller.personId);
    this.introductions.introduce(caller, `Bearer ${token}`);
    return this.limits.count('person', caller.personId, kind);
  }
}
