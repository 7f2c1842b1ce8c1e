import type { PersonId, Role } from '@scheduling/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person, as the tokens of one issuer name them. */
@Entity('users')
export class User {
  @PrimaryColumn('uuid') id!: PersonId;
  @Column('text') issuer!: string;
  @Column('text') subject!: string;
  @Column('text', { nullable: true }) email!: string | null;
  @Column('text') name!: string;
  /** E.164, with a plus. */
  @Column('text', { nullable: true }) phone!: string | null;
  @Column('text', { array: true }) roles!: Role[];
  /** IANA zone. */
  @Column('text') timezone!: string;
  /** BCP 47 language tag. */
  @Column('text') locale!: string;
  /** Grows with each change; the driver reads a bigint as text. */
  @Column('bigint', { transformer: { from: Number, to: (version: number) => version } }) version!: number;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') updatedAt!: Date;
  /** When they went; only their id is left then. */
  @Column('timestamptz', { nullable: true }) erasedAt!: Date | null;
}
