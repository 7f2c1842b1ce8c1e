import { Module } from '@nestjs/common';
import { InboxController } from './inbox/inbox.controller.ts';
import { InboxService } from './inbox/inbox.service.ts';
import { SmtpSink } from './inbox/smtp-sink.ts';
import { StripeController } from './stripe/stripe.controller.ts';
import { StripeService } from './stripe/stripe.service.ts';

@Module({
  controllers: [InboxController, StripeController],
  providers: [InboxService, SmtpSink, StripeService],
})
export class SandboxModule {}
