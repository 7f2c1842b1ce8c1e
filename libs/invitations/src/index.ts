export { invitation, UID_DOMAIN, type LessonInvitation, type Party } from './invitation.ts';
