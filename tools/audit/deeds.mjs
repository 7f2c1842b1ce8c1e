/**
 * What the audit trail keeps of each route that can change something, and of those that change something by GET: the actions of which at
 * least one is written where it does, or `null` and why nothing is. tools/check/deeds.test.mjs holds it to docs/openapi.json and to what the code writes.
 */
export const DEEDS = {
  'PATCH /accounts/me': ['UserChanged'],
  'PUT /accounts/users/{user_id}': ['UserChanged'],
  'POST /accounts/me/exports': ['ExportRequested'],
  'DELETE /accounts/me': ['UserErased'],

  'POST /scheduling/availability': ['AvailabilityCreated'],
  'PATCH /scheduling/availability/{availability_id}': ['AvailabilityChanged'],
  'DELETE /scheduling/availability/{availability_id}': ['AvailabilityDeleted'],
  'PUT /scheduling/availability/settings': ['AvailabilitySettingsChanged'],
  'POST /scheduling/availability/time-off': ['TimeOffCreated'],
  'DELETE /scheduling/availability/time-off/{time_off_id}': ['TimeOffDeleted'],
  'PUT /scheduling/availability/overrides/{date}': ['OverrideKept'],
  'DELETE /scheduling/availability/overrides/{date}': ['OverrideDeleted'],
  'POST /scheduling/availability/preview': null, // keeps nothing

  'POST /scheduling/booking/hold': ['SlotHeld'],
  'DELETE /scheduling/booking/hold/{slot_id}': ['SlotReleased'],
  'POST /scheduling/booking/confirm': ['BookingConfirmed', 'BookingPendingPayment'],
  'POST /scheduling/bookings/{booking_id}/cancel': ['BookingCanceled'],
  'POST /scheduling/bookings/{booking_id}/reschedule': ['BookingRescheduled', 'ProposalMade'],
  'POST /scheduling/bookings/{booking_id}/proposals/{proposal_id}': ['ProposalAnswered'],
  'POST /scheduling/bookings/{booking_id}/no-show': ['BookingNoShow'],
  'POST /scheduling/booking/slots/{slot_id}/cancel': ['SlotCanceled'],
  'PUT /scheduling/booking/slots/{slot_id}/minimum': ['MinimumAsked'],
  'POST /scheduling/bookings/series': ['SeriesBooked'],
  'POST /scheduling/bookings/series/preview': null, // keeps nothing
  'POST /scheduling/bookings/series/{series_id}/cancel': ['SeriesCanceled'],
  'POST /scheduling/credits/grants': ['CreditsGranted'],
  'POST /scheduling/credits/corrections': ['CreditsCorrected'],
  'POST /scheduling/payments/intents': ['PaymentAsked'],
  'POST /scheduling/payments/methods': ['CustomerKept'], // where Stripe did not know the student; else only Stripe keeps something
  'POST /scheduling/payments/tasks/{task_id}/done': ['TaskEnded'],
  'POST /scheduling/plans': ['PlanMade'],
  'PATCH /scheduling/plans/{plan_id}': ['PlanChanged'],
  'POST /scheduling/booking/policies': ['PolicyMade'],
  'PUT /scheduling/booking/policies/{policy_id}': ['PolicyChanged'],
  'POST /scheduling/subscriptions': ['SubscriptionMade'],
  'POST /scheduling/subscriptions/{subscription_id}/cancel': ['SubscriptionCanceled'],
  'POST /scheduling/waitlist': ['WaitlistJoined'],
  'DELETE /scheduling/waitlist/{waitlist_id}': ['WaitlistLeft'],
  'POST /scheduling/webhooks/stripe': null, // the event is a row of its own, and what follows from it is work

  'GET /scheduling/calendar/auth-url': ['ConsentAsked'],
  'GET /scheduling/auth/google/callback': ['CalendarConnected'],
  'POST /scheduling/calendar/connect': ['CalendarConnected'],
  'DELETE /scheduling/calendar/disconnect': ['CalendarDisconnected'],
  'PUT /scheduling/calendar/calendars/{calendar_id}': ['CalendarChosen'],
  'PUT /scheduling/calendar/settings': ['CalendarSettingsChanged'],
  'POST /scheduling/calendar/feed': ['FeedOpened'],
  'DELETE /scheduling/calendar/feed': ['FeedRevoked'],
  'POST /scheduling/calendar/imports': ['ImportAdded'],
  'DELETE /scheduling/calendar/imports/{import_id}': ['ImportRemoved'],
  'POST /scheduling/webhooks/google-calendar': null, // says only that a calendar should be read

  'POST /scheduling/notifications/devices': ['DeviceRegistered'],
  'DELETE /scheduling/notifications/devices/{device_id}': ['DeviceRemoved'],
  'POST /scheduling/notifications/read-all': null, // a mark for oneself
  'POST /scheduling/notifications/{notification_id}/read': null, // a mark for oneself
  'PUT /scheduling/notifications/preferences': ['PreferencesChanged'],
  'POST /scheduling/notifications/unsubscribe/{token}': ['PreferencesChanged'],
  'POST /scheduling/notifications/ledger/{message_id}/resend': ['MessageResent'],
  'POST /scheduling/webhooks/twilio/status': null, // what became of a text stands in the ledger
  'POST /scheduling/webhooks/twilio/inbound': ['TextsStopped', 'TextsWanted'],
  'POST /scheduling/webhook-endpoints': ['WebhookEndpointAdded'],
  'PATCH /scheduling/webhook-endpoints/{endpoint_id}': ['WebhookEndpointChanged'],
  'DELETE /scheduling/webhook-endpoints/{endpoint_id}': ['WebhookEndpointRemoved'],
  'POST /scheduling/webhook-endpoints/{endpoint_id}/secret/rotate': ['WebhookSecretRotated'],
  'POST /scheduling/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/replay': ['WebhookReplayed'],
  'POST /scheduling/webhook-endpoints/{endpoint_id}/replay': ['WebhookWindowReplayed'],
  'POST /scheduling/webhook-endpoints/{endpoint_id}/test': ['WebhookTested'],
};
