import { Controller, Get, HttpCode, HttpStatus, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import { OperatorTasks } from './operator-tasks.service.ts';
import { ListTasks, TaskList, TaskView } from './payments.dto.ts';

@ApiTags('payments')
@ApiBearerAuth()
@Owned('house')
@Controller('api/v1/scheduling/payments/tasks')
export class OperatorTasksController {
  constructor(private readonly tasks: OperatorTasks) {}

  @ApiOperation({ summary: 'Lists what only a person can settle: disputes, and refunds that did not arrive.' })
  @Get()
  @Roles('admin')
  @ApiOkResponse({ type: TaskList })
  async list(@Query() { done, limit, cursor }: ListTasks): Promise<TaskList> {
    return TaskList.of(await this.tasks.list(!done, cursor, limit + 1), limit);
  }

  @ApiOperation({ summary: 'Says that a task is done; a repeat changes nothing.' })
  @Post(':task_id/done')
  @HttpCode(HttpStatus.OK)
  @Roles('admin')
  @Owned('house', { unknown: 404 })
  @ApiOkResponse({ type: TaskView })
  async end(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @UuidParam('task_id') id: string,
  ): Promise<TaskView> {
    return TaskView.of(await this.tasks.end(id, caller.personId, request));
  }
}
