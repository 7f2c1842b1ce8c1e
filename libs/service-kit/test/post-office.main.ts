import { serve } from '../src/index.ts';
import { post } from './post-office.ts';

void serve(post);
