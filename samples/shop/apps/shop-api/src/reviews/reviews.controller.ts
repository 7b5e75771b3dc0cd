import { Body, Controller, Delete, Get, HttpCode, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ReviewDto } from './review.dto';
import { ReviewsService } from './reviews.service';

@Controller('products/:productId/reviews')
export class ReviewsController {
  constructor(private readonly reviews: ReviewsService) {}

  @Get()
  list(@Param('productId', ParseIntPipe) productId: number) {
    return this.reviews.list(productId);
  }

  @Post()
  write(@Param('productId', ParseIntPipe) productId: number, @Body() body: ReviewDto) {
    return this.reviews.write(productId, body);
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(
    @Param('productId', ParseIntPipe) productId: number,
    @Param('id', ParseIntPipe) id: number,
  ): Promise<void> {
    await this.reviews.remove(productId, id);
  }
}
