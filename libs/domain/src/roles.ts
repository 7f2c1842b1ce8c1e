/** What a person may be; one person may be several. `service` is a program that acts for the platform. */
export const ROLES = ['student', 'tutor', 'admin', 'service'] as const;
export type Role = (typeof ROLES)[number];
