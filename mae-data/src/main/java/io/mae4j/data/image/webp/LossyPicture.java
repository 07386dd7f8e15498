package io.mae4j.data.image.webp;

/**
 * A lossy picture: one key frame of VP8 (RFC 6386).
 *
 * @param width in pixels
 * @param height in pixels
 * @param first the stream of modes, with the header before it
 * @param rest the streams of coefficients, with their sizes before them
 */
record LossyPicture(int width, int height, Chunk first, Chunk rest) implements Bitstream {
  private static final int TAG = 3;
  private static final int HEADER = 10;
  private static final int START_CODE = 0x2a019d;
  private static final int SIDE_BITS = 0x3fff;
  private static final int MACROBLOCK = 16;
  private static final int CHROMA = MACROBLOCK / 2;

  /**
   * Modes of a macroblock take more bits than that: even the likeliest of the fixed probabilities
   * make 3.4 of them.
   */
  private static final int LEAST_BITS = 3;

  /**
   * Reads the size.
   *
   * @throws WebpException if it is no key frame that is shown, or has fewer bytes than so many
   *     macroblocks need
   */
  static LossyPicture parse(Chunk data) throws WebpException {
    int tag = data.uint24(0);
    boolean key = (tag & 1) == 0;
    boolean shown = ((tag >> 4) & 1) == 1;
    if (!key || !shown || ((tag >> 1) & 7) > 3 || data.uint24(TAG) != START_CODE) {
      throw new WebpException("lossy WebP without a key frame");
    }
    int width = data.uint16(6) & SIDE_BITS;
    int height = data.uint16(8) & SIDE_BITS;
    if (width == 0 || height == 0) {
      throw new WebpException("lossy WebP without a size");
    }
    Chunk frame = data.after(HEADER);
    int modes = tag >> 5;
    LossyPicture picture = new LossyPicture(width, height, frame.first(modes), frame.after(modes));
    long macroblocks = (long) picture.columns() * picture.rows();
    if (macroblocks * LEAST_BITS > (long) modes * Byte.SIZE) {
      throw new WebpException(
          "truncated WebP: %d bytes are too few for %d by %d pixels"
              .formatted(modes, width, height));
    }
    return picture;
  }

  private int columns() {
    return (width + MACROBLOCK - 1) / MACROBLOCK;
  }

  private int rows() {
    return (height + MACROBLOCK - 1) / MACROBLOCK;
  }

  @Override
  public byte[] decode() throws WebpException {
    BooleanReader bits = new BooleanReader(first);
    FrameHeader header = FrameHeader.read(bits);
    Frame frame = new Frame(header, new Modes(bits, header, columns()), columns(), rows());
    BooleanReader[] partitions = partitions(header.partitions());
    for (int row = 0; row < rows(); row++) {
      frame.row(row, partitions[row % partitions.length]);
    }
    frame.smooth();
    return Upsampling.rgb(frame.luma, frame.u, frame.v, width, height);
  }

  private BooleanReader[] partitions(int count) throws WebpException {
    BooleanReader[] readers = new BooleanReader[count];
    Chunk left = rest.after(3 * (count - 1));
    for (int i = 0; i < count; i++) {
      int size = i < count - 1 ? Math.min(left.length(), rest.uint24(3 * i)) : left.length();
      readers[i] = new BooleanReader(left.first(size));
      left = left.after(size);
    }
    return readers;
  }

  /** The planes on their way. */
  private static final class Frame {
    private final FrameHeader header;
    private final Modes modes;
    private final Residuals residuals;
    private final int columns;
    private final Plane luma;
    private final Plane u;
    private final Plane v;

    /** How each macroblock is smoothed, and whether inside too. */
    private final FilterStrength[] strengths;

    private final boolean[] inner;

    Frame(FrameHeader header, Modes modes, int columns, int rows) {
      this.header = header;
      this.modes = modes;
      this.residuals = new Residuals(header.coefficients(), columns);
      this.columns = columns;
      this.luma = new Plane(columns, rows, MACROBLOCK);
      this.u = new Plane(columns, rows, CHROMA);
      this.v = new Plane(columns, rows, CHROMA);
      this.strengths = new FilterStrength[columns * rows];
      this.inner = new boolean[columns * rows];
    }

    void row(int row, BooleanReader coefficients) throws WebpException {
      modes.beginRow();
      residuals.beginRow();
      for (int column = 0; column < columns; column++) {
        modes.read(column);
        boolean inBlocks = modes.luma() == Modes.IN_BLOCKS;
        if (modes.skipped()) {
          residuals.skip(column, !inBlocks);
        } else {
          residuals.read(coefficients, column, !inBlocks, header.quantizers()[modes.segment()]);
        }
        luma(column * MACROBLOCK, row * MACROBLOCK, inBlocks);
        chroma(u, column * CHROMA, row * CHROMA, Residuals.FIRST_U);
        chroma(v, column * CHROMA, row * CHROMA, Residuals.FIRST_V);
        int place = row * columns + column;
        strengths[place] = header.strengths()[modes.segment()][inBlocks ? 1 : 0];
        inner[place] = inBlocks || residuals.any();
      }
      luma.extend((row + 1) * MACROBLOCK - 1);
    }

    private void luma(int x, int y, boolean inBlocks) {
      if (!inBlocks) {
        Prediction.square(luma, modes.luma(), MACROBLOCK, x, y);
      }
      for (int i = 0; i < 16; i++) {
        int at = luma.at(x + i % 4 * 4, y + i / 4 * 4);
        if (inBlocks) {
          // The blocks of the last column all look at the line above the macroblock.
          int aboveRight = i % 4 == 3 ? luma.at(x + MACROBLOCK, y - 1) : at - luma.stride() + 4;
          Prediction.block(luma, modes.block(i), at, aboveRight);
        }
        InverseTransform.add(residuals.coefficients(), i * Residuals.BLOCK, luma, at);
      }
    }

    private void chroma(Plane plane, int x, int y, int firstBlock) {
      Prediction.square(plane, modes.chroma(), CHROMA, x, y);
      for (int i = 0; i < 4; i++) {
        InverseTransform.add(
            residuals.coefficients(),
            (firstBlock + i) * Residuals.BLOCK,
            plane,
            plane.at(x + i % 2 * 4, y + i / 2 * 4));
      }
    }

    /** Smooths all macroblocks, which prediction must not see. */
    void smooth() {
      if (header.filter() == FrameHeader.Filter.NONE) {
        return;
      }
      boolean simple = header.filter() == FrameHeader.Filter.SIMPLE;
      LoopFilter onLuma = new LoopFilter(luma);
      LoopFilter onU = new LoopFilter(u);
      LoopFilter onV = new LoopFilter(v);
      for (int place = 0; place < strengths.length; place++) {
        int x = place % columns;
        int y = place / columns;
        FilterStrength strength = strengths[place];
        if (strength.limit() == 0) {
          continue;
        }
        onLuma.square(simple, strength, MACROBLOCK, x * MACROBLOCK, y * MACROBLOCK, inner[place]);
        if (!simple) {
          onU.square(false, strength, CHROMA, x * CHROMA, y * CHROMA, inner[place]);
          onV.square(false, strength, CHROMA, x * CHROMA, y * CHROMA, inner[place]);
        }
      }
    }
  }
}
