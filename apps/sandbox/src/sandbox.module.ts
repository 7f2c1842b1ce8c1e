import { Module } from '@nestjs/common';
import { GoogleController } from './google/google.controller.ts';
import { GoogleService } from './google/google.service.ts';
import { InboxController } from './inbox/inbox.controller.ts';
import { InboxService } from './inbox/inbox.service.ts';
import { SmtpSink } from './inbox/smtp-sink.ts';
import { PushesController } from './push/pushes.controller.ts';
import { PushesService } from './push/pushes.service.ts';
import { StripeController } from './stripe/stripe.controller.ts';
import { StripeService } from './stripe/stripe.service.ts';
import { TwilioController } from './twilio/twilio.controller.ts';
import { TwilioService } from './twilio/twilio.service.ts';
import { ZoomController } from './zoom/zoom.controller.ts';
import { ZoomService } from './zoom/zoom.service.ts';

@Module({
  controllers: [
    InboxController,
    StripeController,
    GoogleController,
    ZoomController,
    PushesController,
    TwilioController,
  ],
  providers: [InboxService, SmtpSink, StripeService, GoogleService, ZoomService, PushesService, TwilioService],
})
export class SandboxModule {}
