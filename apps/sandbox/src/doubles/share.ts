import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsNumber, Max, Min } from 'class-validator';

/** A part of all cases, between 0 and 1. */
export const Share = () =>
  applyDecorators(IsNumber(), Min(0), Max(1), ApiProperty({ type: 'number', minimum: 0, maximum: 1 }));

/** The longest that a double can be told to wait, in milliseconds. */
export const MOST_MS = 600_000;
