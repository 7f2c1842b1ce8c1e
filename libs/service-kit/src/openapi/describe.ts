import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { ServiceConfig } from '../config.ts';
import { RootModule } from '../root.module.ts';
import type { Service } from '../service.ts';
import { withoutNullable } from './nullable.ts';

/** The description of a service's own part of the public API, in OpenAPI 3.1, from its decorators. */
export function openApiOf(name: string, app: NestFastifyApplication): OpenAPIObject {
  const settings = new DocumentBuilder().setTitle(name).setOpenAPIVersion('3.1.0').addBearerAuth().build();
  const document = SwaggerModule.createDocument(app, settings, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  return withoutNullable(document);
}

/** The same without starting the service: nothing of it is made, and no database is asked. */
export async function describeService<C extends ServiceConfig>(service: Service<C>, config: C): Promise<OpenAPIObject> {
  const app = await NestFactory.create<NestFastifyApplication>(
    RootModule.of(service, config, []),
    new FastifyAdapter(),
    { preview: true, abortOnError: false, logger: ['error'] },
  );
  return openApiOf(service.name, app);
}
