package io.mae4j.eval.probe;

import java.util.Arrays;

/**
 * The k rows of a table with the largest dot products, by brute force. The table is packed into
 * blocks with its columns apart, so that the inner loop runs over neighbouring floats and the
 * compiler makes vector instructions of it; each product is summed in the same order wherever it is
 * computed.
 */
final class NearestNeighbours {
  private static final int TILE = 16;
  private static final int BLOCK = 256;
  private static final int SLICE = 16;
  private static final int STEP = 4;

  private final int rows;
  private final int width;
  private final int padded;
  private final int k;
  private final float[][][] blocks;

  /**
   * Hears of each query's neighbours, the most similar first. The arrays are valid during the call
   * only.
   */
  interface Result {
    void accept(int query, int[] neighbour, float[] similarity);
  }

  /** Packs a table of n·width values; k is at most n. */
  NearestNeighbours(float[] table, int width, int k) {
    this.rows = table.length / width;
    this.width = width;
    this.padded = (width + STEP - 1) / STEP * STEP;
    this.k = k;
    this.blocks = new float[(rows + BLOCK - 1) / BLOCK][padded][BLOCK];
    for (int row = 0; row < rows; row++) {
      float[][] block = blocks[row / BLOCK];
      for (int d = 0; d < width; d++) {
        block[d][row % BLOCK] = table[row * width + d];
      }
    }
  }

  /** How many tiles hold so many queries. */
  int tiles(int queries) {
    return (queries + TILE - 1) / TILE;
  }

  /** Finds the neighbours of one tile of queries, of which there are n·width values in all. */
  void search(float[] queries, int tile, Result result) {
    int first = tile * TILE;
    int count = Math.min(TILE, queries.length / width - first);
    float[][] query = new float[count][padded];
    float[][] products = new float[count][BLOCK];
    float[][] similarity = new float[count][k];
    int[][] neighbour = new int[count][k];
    for (int q = 0; q < count; q++) {
      System.arraycopy(queries, (first + q) * width, query[q], 0, width);
      Arrays.fill(similarity[q], Float.NEGATIVE_INFINITY);
    }
    for (int b = 0; b < blocks.length; b++) {
      multiply(blocks[b], query, products);
      for (int q = 0; q < count; q++) {
        keepBest(
            products[q], Math.min(BLOCK, rows - b * BLOCK), b * BLOCK, similarity[q], neighbour[q]);
      }
    }
    for (int q = 0; q < count; q++) {
      result.accept(first + q, neighbour[q], similarity[q]);
    }
  }

  /** Walks through the block by slices that stay in the nearest cache while every query passes. */
  private static void multiply(float[][] block, float[][] query, float[][] products) {
    for (float[] row : products) {
      Arrays.fill(row, 0);
    }
    for (int slice = 0; slice < block.length; slice += SLICE) {
      for (int q = 0; q < query.length; q++) {
        for (int d = slice; d < Math.min(block.length, slice + SLICE); d += STEP) {
          addProducts(block, query[q], d, products[q]);
        }
      }
    }
  }

  private static void addProducts(float[][] block, float[] query, int d, float[] products) {
    float q0 = query[d];
    float q1 = query[d + 1];
    float q2 = query[d + 2];
    float q3 = query[d + 3];
    float[] b0 = block[d];
    float[] b1 = block[d + 1];
    float[] b2 = block[d + 2];
    float[] b3 = block[d + 3];
    for (int j = 0; j < BLOCK; j++) {
      products[j] += q0 * b0[j] + q1 * b1[j] + q2 * b2[j] + q3 * b3[j];
    }
  }

  /** Rows come in ascending order, so that of equal products the earlier row stays ahead. */
  private static void keepBest(
      float[] products, int count, int firstRow, float[] similarity, int[] neighbour) {
    int last = similarity.length - 1;
    for (int j = 0; j < count; j++) {
      float product = products[j];
      if (product > similarity[last]) {
        int place = last;
        while (place > 0 && product > similarity[place - 1]) {
          similarity[place] = similarity[place - 1];
          neighbour[place] = neighbour[place - 1];
          place--;
        }
        similarity[place] = product;
        neighbour[place] = firstRow + j;
      }
    }
  }
}
