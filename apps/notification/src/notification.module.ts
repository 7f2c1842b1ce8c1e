import { Module } from '@nestjs/common';
import { CalendarsConsumer } from './calendars/calendars.consumer.ts';
import { CalendarsService } from './calendars/calendars.service.ts';
import { NotificationConfig } from './config.ts';
import { DeliveriesService } from './deliveries/deliveries.service.ts';
import { DeliveryLoop } from './deliveries/delivery-loop.ts';
import { MailServer } from './deliveries/mail-server.ts';
import { MessagesConsumer } from './messages/messages.consumer.ts';
import { MessagesService } from './messages/messages.service.ts';
import { RecipientsConsumer } from './recipients/recipients.consumer.ts';
import { RecipientsService } from './recipients/recipients.service.ts';

@Module({
  controllers: [CalendarsConsumer, MessagesConsumer, RecipientsConsumer],
  providers: [
    CalendarsService,
    DeliveriesService,
    DeliveryLoop,
    {
      provide: MailServer,
      useFactory: (config: NotificationConfig) => new MailServer(config),
      inject: [NotificationConfig],
    },
    MessagesService,
    RecipientsService,
  ],
})
export class NotificationModule {}
