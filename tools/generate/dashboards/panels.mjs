// What the dashboards show: for each panel what it says, its unit in Grafana's words, and its series as [legend, PromQL].
const RATE = '[$__rate_interval]';
const requests = (more = '') => `http_request_duration_seconds_count{route!~".*/realtime.*"${more}}`;
const quantile = (q, by) =>
  `histogram_quantile(${q}, sum by (${by}, le) (rate(http_request_duration_seconds_bucket{route!~".*/realtime.*"}${RATE})))`;
const share = (some, all) => `sum(rate(${some}${RATE})) / sum(rate(${all}${RATE}))`;

const confirmations = (outcome) => `booking_confirmations_total{outcome=~"${outcome}"}`;
const deliveries = (outcome) => `notification_deliveries_total{outcome=~"${outcome}"}`;

/** The dashboards, by the names of their files. */
export const DASHBOARDS = {
  overview: {
    title: 'Scheduling: overview',
    panels: [
      [
        'Booking success rate',
        'percentunit',
        [['', share(confirmations('confirmed'), confirmations('confirmed|failed'))]],
      ],
      [
        'Slot utilization, coming seven days',
        'percentunit',
        [['', 'max(booking_slots{status="booked"}) / sum(max by (status) (booking_slots))']],
      ],
      [
        'Calendar sync success',
        'percentunit',
        [['', share('calendar_syncs_total{outcome="done"}', 'calendar_syncs_total')]],
      ],
      [
        'Notification delivery',
        'percentunit',
        [['', share(deliveries('sent|delivered'), deliveries('sent|delivered|failed|dead'))]],
      ],
      [
        'From a hold to a lesson',
        'cps',
        [
          ['held, {{kind}}', `sum by (kind) (rate(booking_holds_total${RATE}))`],
          ['ended, {{outcome}}', `sum by (outcome) (rate(booking_hold_ends_total${RATE}))`],
        ],
      ],
      [
        'Lessons by payment',
        'cps',
        [['{{method}} {{outcome}}', `sum by (method, outcome) (rate(booking_confirmations_total${RATE}))`]],
      ],
      ['Lessons called off', 'cps', [['by {{by}}', `sum by (by) (rate(booking_cancellations_total${RATE}))`]]],
      ['Slots of the coming seven days', 'short', [['{{status}}', 'max by (status) (booking_slots)']]],
      ['Requests', 'reqps', [['{{service}}', `sum by (service) (rate(${requests()}${RATE}))`]]],
      [
        'Errors of ours',
        'percentunit',
        [
          [
            '{{service}}',
            `(sum by (service) (rate(${requests(',status=~"5.."')}${RATE})) or 0 * sum by (service) (rate(${requests()}${RATE}))) / sum by (service) (rate(${requests()}${RATE}))`,
          ],
        ],
      ],
      ['One request in a hundred takes longer than', 's', [['{{service}}', quantile(0.99, 'service')]]],
      ['Clients told as it happens', 'short', [['{{by}}', 'sum by (by) (gateway_realtime_connections)']]],
    ],
  },
  services: {
    title: 'Scheduling: services',
    panels: [
      [
        'Requests by route',
        'reqps',
        [['{{service}} {{method}} {{route}}', `sum by (service, method, route) (rate(${requests()}${RATE}))`]],
      ],
      [
        'Answers by status',
        'reqps',
        [['{{service}} {{status}}', `sum by (service, status) (rate(${requests()}${RATE}))`]],
      ],
      [
        'Half of the requests by route take longer than',
        's',
        [['{{service}} {{route}}', quantile(0.5, 'service, route')]],
      ],
      [
        'One request in a hundred by route takes longer than',
        's',
        [['{{service}} {{route}}', quantile(0.99, 'service, route')]],
      ],
      [
        'Connections to the database',
        'short',
        [['{{service}} {{state}}', 'sum by (service, state) (database_pool_connections)']],
      ],
      [
        'Transactions that ran again',
        'cps',
        [['{{service}} {{sqlstate}}', `sum by (service, sqlstate) (rate(database_retries_total${RATE}))`]],
      ],
      [
        'Slow statements',
        'cps',
        [['{{service}} {{statement}}', `sum by (service, statement) (rate(database_slow_statements_total${RATE}))`]],
      ],
      [
        'Event loop, 99th percentile',
        's',
        [['{{service}} {{instance}}', 'max by (service, instance) (nodejs_eventloop_lag_p99_seconds)']],
      ],
      [
        'Processors',
        'short',
        [['{{service}} {{instance}}', `sum by (service, instance) (rate(process_cpu_seconds_total${RATE}))`]],
      ],
      ['Memory', 'bytes', [['{{service}} {{instance}}', 'max by (service, instance) (process_resident_memory_bytes)']]],
      [
        'Lists of slots that were kept',
        'percentunit',
        [['', share('slot_cache_requests_total{result="hit"}', 'slot_cache_requests_total')]],
      ],
      ['Services that the gateway lets rest', 'short', [['{{upstream}}', 'max by (upstream) (gateway_breaker_open)']]],
    ],
  },
  events: {
    title: 'Scheduling: events and periodic work',
    panels: [
      ['Facts stated', 'cps', [['{{service}} {{fact}}', `sum by (service, fact) (rate(events_stated_total${RATE}))`]]],
      ['Facts that have not left', 'short', [['{{service}}', 'max by (service) (events_outbox_waiting)']]],
      ['Age of the oldest of them', 's', [['{{service}}', 'max by (service) (events_outbox_oldest_age_seconds)']]],
      ['Deliveries', 'cps', [['{{group}} {{outcome}}', `sum by (group, outcome) (rate(events_handled_total${RATE}))`]]],
      ['Events not passed', 'short', [['{{group}}', 'max by (group) (events_lag)']]],
      ['Age of the oldest of them, by group', 's', [['{{group}}', 'max by (group) (events_lag_oldest_age_seconds)']]],
      ['Dead letters', 'short', [['{{group}}', 'max by (group) (events_dead_letters)']]],
      ['Periodic jobs overdue', 's', [['{{service}} {{tick}}', 'max by (service, tick) (ticks_overdue_seconds)']]],
    ],
  },
  providers: {
    title: 'Scheduling: outside providers',
    panels: [
      [
        'Messages',
        'cps',
        [['{{channel}} {{outcome}}', `sum by (channel, outcome) (rate(notification_deliveries_total${RATE}))`]],
      ],
      ['Messages that are due', 'short', [['{{channel}}', 'max by (channel) (notification_waiting)']]],
      [
        'Age of the oldest of them',
        's',
        [['{{channel}}', 'max by (channel) (notification_waiting_oldest_age_seconds)']],
      ],
      ['Webhooks to platforms', 'cps', [['{{outcome}}', `sum by (outcome) (rate(webhook_tries_total${RATE}))`]]],
      ['Requests to Google', 'cps', [['{{outcome}}', `sum by (outcome) (rate(google_requests_total${RATE}))`]]],
      ['Calendars read', 'cps', [['{{outcome}}', `sum by (outcome) (rate(calendar_syncs_total${RATE}))`]]],
      [
        'Lessons written into calendars',
        'cps',
        [['{{outcome}}', `sum by (outcome) (rate(calendar_writes_total${RATE}))`]],
      ],
      ['Calendars connected', 'short', [['', 'max(calendar_connections)']]],
      ['Differences repaired', 'cps', [['{{kind}}', `sum by (kind) (rate(calendar_repairs_total${RATE}))`]]],
      ['Payments not settled', 'short', [['', 'max(booking_payments_unsettled)']]],
      ['Age of the oldest of them', 's', [['', 'max(booking_payments_unsettled_oldest_age_seconds)']]],
    ],
  },
};
