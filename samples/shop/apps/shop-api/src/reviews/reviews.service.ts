import { Injectable } from '@nestjs/common';
import { PrismaService } from '../prisma/prisma.service';
import type { ReviewDto } from './review.dto';

@Injectable()
export class ReviewsService {
  constructor(private readonly prisma: PrismaService) {}

  async list(productId: number) {
    const [reviews, average] = await Promise.all([
      this.prisma.review.findMany({ where: { productId }, orderBy: { id: 'desc' }, take: 20 }),
      this.prisma.review.aggregate({ where: { productId }, _avg: { stars: true } }),
    ]);
    return { average: average._avg.stars, reviews };
  }

  write(productId: number, review: ReviewDto) {
    return this.prisma.review.create({ data: { ...review, productId } });
  }

  async remove(productId: number, id: number): Promise<void> {
    await this.prisma.review.deleteMany({ where: { id, productId } });
  }
}
