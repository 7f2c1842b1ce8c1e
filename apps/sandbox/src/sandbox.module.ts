import { Module } from '@nestjs/common';
import { InboxController } from './inbox/inbox.controller.ts';
import { InboxService } from './inbox/inbox.service.ts';
import { SmtpSink } from './inbox/smtp-sink.ts';

@Module({
  controllers: [InboxController],
  providers: [InboxService, SmtpSink],
})
export class SandboxModule {}
