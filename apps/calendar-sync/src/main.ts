import { serve } from '@scheduling/service-kit';
import { service } from './service.ts';

void serve(service);
