import { ECDH } from 'node:crypto';
import { ApiProperty } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { Matches, ValidateBy } from 'class-validator';

/** Whether a text is an uncompressed point on P-256, in base64url. */
function isPoint(text: unknown): boolean {
  if (typeof text !== 'string' || !/^[\w-]{87}=?$/.test(text)) return false;
  const octets = Buffer.from(text, 'base64url');
  try {
    // Only a point on the curve can be written in another form.
    return octets[0] === 4 && ECDH.convertKey(octets, 'prime256v1').length > 0;
  } catch {
    return false;
  }
}

/** A browser's public key, as its subscription tells it. */
export const PublicKeyText = () =>
  applyDecorators(
    ValidateBy({
      name: 'isPoint',
      validator: {
        validate: isPoint,
        defaultMessage: () => '$property must be an uncompressed point on P-256 in base64url',
      },
    }),
    ApiProperty({ type: String, minLength: 87, maxLength: 88 }),
  );

/** A browser's secret of 16 octets, as its subscription tells it. */
export const AuthSecretText = () =>
  applyDecorators(
    Matches(/^[\w-]{22}(==)?$/, { message: '$property must be 16 octets in base64url' }),
    ApiProperty({ type: String, minLength: 22, maxLength: 24 }),
  );
