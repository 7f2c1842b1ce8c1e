import { Injectable } from '@nestjs/common';

/** Whether this process takes requests; it says so before it stops, so that whoever sends them may go elsewhere. */
@Injectable()
export class Readiness {
  private stopping = false;

  /** Whether it has been told to end. */
  get isStopping(): boolean {
    return this.stopping;
  }

  /** Takes what comes for a little longer, and says to everyone that it will not. */
  stop(): void {
    this.stopping = true;
  }
}
