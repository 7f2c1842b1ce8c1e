import { PushRefusal } from './answering.ts';

const ERROR = 'type.googleapis.com/google.firebase.fcm.v1.FcmError';
const BAD_REQUEST = 'type.googleapis.com/google.rpc.BadRequest';

/** A no of FCM's: its status, Google's word for that, and what FCM says besides. */
export function fcmRefusal(
  code: number,
  status: string,
  more: {
    readonly errorCode?: string;
    readonly field?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): PushRefusal {
  const { errorCode, field, headers } = more;
  const details = [
    ...(errorCode === undefined ? [] : [{ '@type': ERROR, errorCode }]),
    ...(field === undefined
      ? []
      : [{ '@type': BAD_REQUEST, fieldViolations: [{ field, description: 'It is not valid.' }] }]),
  ];
  const error = { code, message: 'The double says no.', status, ...(details.length > 0 && { details }) };
  return new PushRefusal({ status: code, body: JSON.stringify({ error }), ...(headers && { headers }) });
}
