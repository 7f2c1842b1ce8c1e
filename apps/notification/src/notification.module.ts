import { Module } from '@nestjs/common';
import { NotificationConfig } from './config.ts';
import { DeliveriesService } from './deliveries/deliveries.service.ts';
import { DeliveryLoop } from './deliveries/delivery-loop.ts';
import { MailServer } from './deliveries/mail-server.ts';
import { MessagesConsumer } from './messages/messages.consumer.ts';
import { MessagesService } from './messages/messages.service.ts';
import { RecipientsConsumer } from './recipients/recipients.consumer.ts';
import { RecipientsService } from './recipients/recipients.service.ts';

@Module({
  controllers: [MessagesConsumer, RecipientsConsumer],
  providers: [
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
