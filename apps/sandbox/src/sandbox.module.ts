import { Module } from '@nestjs/common';
import { GoogleController } from './google/google.controller.ts';
import { GoogleService } from './google/google.service.ts';
import { InboxController } from './inbox/inbox.controller.ts';
import { InboxService } from './inbox/inbox.service.ts';
import { SmtpSink } from './inbox/smtp-sink.ts';
import { StripeController } from './stripe/stripe.controller.ts';
import { StripeService } from './stripe/stripe.service.ts';
import { ZoomController } from './zoom/zoom.controller.ts';
import { ZoomService } from './zoom/zoom.service.ts';

@Module({
  controllers: [InboxController, StripeController, GoogleController, ZoomController],
  providers: [InboxService, SmtpSink, StripeService, GoogleService, ZoomService],
})
export class SandboxModule {}
