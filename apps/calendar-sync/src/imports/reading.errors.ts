/** Why a calendar file could not be had or understood, in one word that its owner sees. */
export type FileProblem =
  | 'address_not_allowed'
  | 'name_unknown'
  | 'unreachable'
  | 'timeout'
  | 'too_many_redirects'
  | 'too_large'
  | `http_${number}`
  | 'not_a_calendar'
  | 'rule_not_understood'
  | 'timezone_unknown'
  | 'too_many_events';

/** A calendar file says nothing that can be relied on: what was known before stays. Its address and its text are never in here. */
export class FileFailure extends Error {
  constructor(readonly problem: FileProblem) {
    super(`A calendar file could not be read: ${problem}`);
    this.name = 'FileFailure';
  }
}
