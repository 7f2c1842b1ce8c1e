import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { OutsideDoor } from '@scheduling/service-kit';
import { AgendaCron } from './agenda/agenda.cron.ts';
import { AgendaService } from './agenda/agenda.service.ts';
import { CalendarsConsumer } from './calendars/calendars.consumer.ts';
import { CalendarsService } from './calendars/calendars.service.ts';
import { NotificationConfig } from './config.ts';
import { DeliveryFigures } from './deliveries/delivery-figures.ts';
import { DeliveriesService } from './deliveries/deliveries.service.ts';
import { DeliveryLoops } from './deliveries/delivery-loops.ts';
import { type Way, WAYS } from './deliveries/way.ts';
import { EmailWay } from './email/email-way.ts';
import { MailServer } from './email/mail-server.ts';
import { InboxController } from './inbox/inbox.controller.ts';
import { DigestService } from './preferences/digest.service.ts';
import { InAppWay } from './inbox/in-app-way.ts';
import { InboxService } from './inbox/inbox.service.ts';
import { LedgerController } from './ledger/ledger.controller.ts';
import { LedgerService } from './ledger/ledger.service.ts';
import { LessonsService } from './lessons/lessons.service.ts';
import { ChannelsOn } from './messages/channels-on.ts';
import { MessagesConsumer } from './messages/messages.consumer.ts';
import { MessagesService } from './messages/messages.service.ts';
import { PreferencesController } from './preferences/preferences.controller.ts';
import { PreferencesService } from './preferences/preferences.service.ts';
import { DevicesController } from './push/devices.controller.ts';
import { DevicesService } from './push/devices.service.ts';
import { FcmClient } from './push/fcm-client.ts';
import { PushWay } from './push/push-way.ts';
import { WebPushClient } from './push/web-push-client.ts';
import { PreviewController } from './preview/preview.controller.ts';
import { PreviewService } from './preview/preview.service.ts';
import { PrivacyConsumer } from './privacy/privacy.consumer.ts';
import { PrivacyService } from './privacy/privacy.service.ts';
import { RecipientsConsumer } from './recipients/recipients.consumer.ts';
import { RecipientsService } from './recipients/recipients.service.ts';
import { FreshnessService } from './reminders/freshness.service.ts';
import { RemindersService } from './reminders/reminders.service.ts';
import { RepliesService } from './sms/replies.service.ts';
import { withSignedForm } from './sms/signed-form.middleware.ts';
import { SmsWay } from './sms/sms-way.ts';
import { StatusesService } from './sms/statuses.service.ts';
import { TwilioClient } from './sms/twilio-client.ts';
import { TwilioWebhooksController } from './sms/twilio-webhooks.controller.ts';
import { TwilioWebhooksService } from './sms/twilio-webhooks.service.ts';
import { UnsubscribeController } from './preferences/unsubscribe.controller.ts';
import { UnsubscribeLinks } from './preferences/unsubscribe-links.ts';
import { withoutForm } from './preferences/unsubscribe.middleware.ts';
import { UnsubscribeService } from './preferences/unsubscribe.service.ts';
import { EndpointsController } from './webhooks/endpoints.controller.ts';
import { EndpointsService } from './webhooks/endpoints.service.ts';
import { HearingService } from './webhooks/hearing.service.ts';
import { SendingService } from './webhooks/sending.service.ts';
import { WebhookLogController } from './webhooks/webhook-log.controller.ts';
import { WebhookLogCron } from './webhooks/webhook-log.cron.ts';
import { WebhookLogService } from './webhooks/webhook-log.service.ts';
import { WebhookSender } from './webhooks/webhook-sender.ts';
import { WebhooksConsumer } from './webhooks/webhooks.consumer.ts';
import { WebhooksLoop } from './webhooks/webhooks-loop.ts';

@Module({
  controllers: [
    DevicesController,
    InboxController,
    LedgerController,
    PreferencesController,
    PreviewController,
    UnsubscribeController,
    TwilioWebhooksController,
    EndpointsController,
    WebhookLogController,
    WebhooksConsumer,
    CalendarsConsumer,
    MessagesConsumer,
    RecipientsConsumer,
    PrivacyConsumer,
  ],
  providers: [
    DigestService,
    InAppWay,
    InboxService,
    LedgerService,
    PreferencesService,
    PreviewService,
    UnsubscribeService,
    {
      provide: UnsubscribeLinks,
      useFactory: ({ PUBLIC_URL, UNSUBSCRIBE_SECRET }: NotificationConfig) =>
        new UnsubscribeLinks(PUBLIC_URL, UNSUBSCRIBE_SECRET),
      inject: [NotificationConfig],
    },
    CalendarsService,
    DeliveriesService,
    DeliveryFigures,
    DeliveryLoops,
    EmailWay,
    PushWay,
    DevicesService,
    SmsWay,
    RepliesService,
    StatusesService,
    TwilioWebhooksService,
    {
      provide: TwilioClient,
      useFactory: (config: NotificationConfig) => new TwilioClient(config),
      inject: [NotificationConfig],
    },
    // Each channel's own, in the order in which they are planned.
    { provide: WAYS, useFactory: (...ways: Way[]) => ways, inject: [EmailWay, SmsWay, InAppWay, PushWay] },
    {
      provide: ChannelsOn,
      useFactory: (ways: Way[]) =>
        new ChannelsOn(new Set(ways.filter(({ isOn }) => isOn).map(({ channel }) => channel))),
      inject: [WAYS],
    },
    {
      provide: WebPushClient,
      useFactory: (config: NotificationConfig) => new WebPushClient(config),
      inject: [NotificationConfig],
    },
    {
      provide: FcmClient,
      useFactory: (config: NotificationConfig) => new FcmClient(config),
      inject: [NotificationConfig],
    },
    {
      provide: MailServer,
      useFactory: (config: NotificationConfig) => new MailServer(config),
      inject: [NotificationConfig],
    },
    EndpointsService,
    HearingService,
    SendingService,
    WebhookLogCron,
    WebhookLogService,
    WebhooksLoop,
    {
      provide: OutsideDoor,
      useFactory: ({ WEBHOOK_TRUSTED_ORIGIN }: NotificationConfig) => new OutsideDoor(WEBHOOK_TRUSTED_ORIGIN),
      inject: [NotificationConfig],
    },
    { provide: WebhookSender, useFactory: (door: OutsideDoor) => new WebhookSender(door), inject: [OutsideDoor] },
    LessonsService,
    PrivacyService,
    MessagesService,
    FreshnessService,
    RemindersService,
    AgendaCron,
    AgendaService,
    RecipientsService,
  ],
})
export class NotificationModule implements NestModule {
  /** Lets in the forms by which people end mail, which nobody reads, and those that Twilio signs. */
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(withoutForm).forRoutes(UnsubscribeController);
    consumer.apply(withSignedForm).forRoutes(TwilioWebhooksController);
  }
}
