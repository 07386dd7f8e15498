#!/usr/bin/env python3
"""Measures mae4j beside other programs on one machine, in turn (A B A B), and takes medians.

    bench/compare.py training --peer PATH/mae_ref.py            # beside a PyTorch implementation of the same model
    bench/compare.py data --images FOLDER                       # beside Pillow, one core, the same crops
    bench/compare.py scaling                                    # more images, blocks, visible patches

With --write the tables replace those of docs/performance.md. Python 3 is all this needs; the peer needs torch and numpy,
the second comparison Pillow. The peer is any program that is called as

    python3 PEER bench --model tiny|base --batch N --steps N --threads N [--amp]

and prints a line of JSON with images_per_s_median. Let nothing else run meanwhile.
"""
import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAE = os.environ.get("MAE", str(ROOT / "mae"))
PAGE = ROOT / "docs" / "performance.md"
CROP = 224


def measured(command, cores=None):
    """The last line of a program's output as JSON, with its peak memory."""
    pin = (lambda: os.sched_setaffinity(0, cores)) if cores else None
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=pin)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with exit code {process.returncode}")
    result = json.loads(output.strip().splitlines()[-1])
    result["peak_rss_mb"] = usage.ru_maxrss // 1024
    return result


def in_turn(candidates, rounds):
    """Runs each candidate once a round; the results of each by name."""
    results = {name: [] for name in candidates}
    for turn in range(rounds):
        for name, run in candidates.items():
            results[name].append(run())
            print(f"round {turn + 1} of {rounds}: {name}: {json.dumps(results[name][-1])}", file=sys.stderr, flush=True)
    return results


def median(results, key):
    return statistics.median(result[key] for result in results)


def digits(rate):
    return f"{rate:.1f}" if rate >= 10 else f"{rate:.2f}"


def machine():
    names = [line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    return f"{names[0] if names else platform.processor()}, {len(os.sched_getaffinity(0))} cores, {time.strftime('%Y-%m-%d')}"


def replace(mark, text):
    page = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    head, rest = page.split(begin, 1)
    _, tail = rest.split(end, 1)
    PAGE.write_text(f"{head}{begin}\n{text}\n{end}{tail}", encoding="utf-8")


def report(mark, text, write):
    print(text)
    if write:
        replace(mark, text)


def training(args):
    rows, notes = [], ""
    for model, batch in (item.split(":") for item in args.models.split(",")):
        for precision in args.precisions.split(","):
            shared = ["--steps", str(args.steps), "--threads", str(args.threads)]
            peer = [sys.executable, args.peer, "bench", "--model", model, "--batch", batch, *shared]
            peer += ["--amp"] if precision == "bf16" else []
            candidates = {"peer": lambda peer=peer: measured(peer)}
            for engine in args.engines.split(","):
                if engine == "nd4j" and precision != "fp32":
                    continue
                ours = [MAE, "bench", "train", "--backend", engine, "--model", model, "--batch-size", batch, "--precision", precision,
                        "--norm-pix-loss", "--json", *shared]
                candidates[engine] = lambda ours=ours: measured(ours)
            results = in_turn(candidates, args.rounds)
            reference = median(results["peer"], "images_per_s_median")
            notes = f"PyTorch {results['peer'][0].get('torch', '')}"
            rows.append(f"| {model}, {batch} | {precision} | PyTorch | {digits(reference)} | 1 | | {median(results['peer'], 'peak_rss_mb'):,.0f} | |")
            for engine in list(candidates)[1:]:
                ours = results[engine]
                rate = median(ours, "images_per_s_median")
                rows.append(f"| | | {engine} | {digits(rate)} | {rate / reference:.2f} | {100 * median(ours, 'gemm_fraction'):.0f}% of "
                            f"{median(ours, 'gemm_gflops'):.0f} | {median(ours, 'peak_rss_mb'):,.0f} | {median(ours, 'first_step_s'):.1f} |")
    head = ("| model, batch | precision | program | images/s | beside PyTorch | GEMM GFLOP/s reached | peak MB | first step s |\n"
            "|---|---|---|---|---|---|---|---|\n")
    report("training", f"{head}" + "\n".join(rows) + f"\n\n{machine()}; {notes}; {args.threads} threads; medians of {args.rounds} rounds.", args.write)


def scaling(args):
    """How the time of a step grows with the work: no other program is measured."""
    groups = [
        {f"tiny, batch {batch}": ["--model", "tiny", "--batch-size", str(batch)] for batch in (32, 64, 128, 256)},
        {f"tiny, batch 64, encoder of {depth} blocks": ["--model", "tiny", "--batch-size", "64", "--encoder-depth", str(depth)]
         for depth in (6, 12, 24)},
        {f"base, batch 8, mask ratio {ratio}": ["--model", "base", "--batch-size", "8", "--mask-ratio", str(ratio)]
         for ratio in (0.005, 0.75)},
    ]
    command = [MAE, "bench", "train", "--steps", str(args.steps), "--json"]
    candidates = {name: lambda options=options: measured(command + options) for group in groups for name, options in group.items()}
    results = in_turn(candidates, args.rounds)
    rows = []
    for group in groups:
        rates = {name: median(results[name], "images_per_s_median") for name in group}
        first = next(iter(rates.values()))
        rows += [f"| {name} | {digits(rate)} | {rate / first:.2f} |" for name, rate in rates.items()]
    head = "| djl, fp32 | images/s | beside the first of its kind |\n|---|---|---|\n"
    report("scaling", head + "\n".join(rows) + f"\n\n{machine()}; medians of {args.rounds} rounds of {args.steps} steps.", args.write)


def data(args):
    core = {max(os.sched_getaffinity(0))}
    images = str(pathlib.Path(args.images).resolve())
    shared = ["--data", images, "--input-size", str(CROP)]
    with tempfile.TemporaryDirectory() as folder:
        crops = os.path.join(folder, "crops.tsv")
        subprocess.run([MAE, "bench", "data", *shared, "--crops", crops], check=True)
        ours = [MAE, "bench", "data", *shared, "--num-workers", "1", "--passes", str(args.passes), "--json"]
        pillow = [sys.executable, str(pathlib.Path(__file__).with_name("pillow_chain.py")), images, crops, str(args.passes)]
        results = in_turn({"Pillow": lambda: measured(pillow, core), "mae4j": lambda: measured(ours, core)}, args.rounds)
    rows = [f"| {name} | {median(runs, 'decode_images_per_s'):.0f} | {median(runs, 'crop_resize_images_per_s'):.0f} | "
            f"{median(runs, 'decode_crop_resize_images_per_s'):.0f} | "
            f"{'%.0f' % median(runs, 'chain_images_per_s') if name == 'mae4j' else ''} |" for name, runs in results.items()]
    head = "| one core, images/s | decode | crop, resize | both | with masks and patches, in batches |\n|---|---|---|---|---|\n"
    first = results["mae4j"][0]
    note = (f"\n\n{machine()}; Pillow {results['Pillow'][0]['pillow']}; {first['images']} images of {first['megapixels_per_image']} megapixels on average; "
            f"medians of {args.rounds} rounds.")
    report("data", head + "\n".join(rows) + note, args.write)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    train = commands.add_parser("training", help="steps beside a PyTorch program")
    train.add_argument("--peer", required=True, help="the PyTorch program")
    train.add_argument("--models", default="tiny:128,base:8", help="model:batch, separated by commas")
    train.add_argument("--engines", default="djl,nd4j")
    train.add_argument("--precisions", default="fp32")
    train.add_argument("--steps", type=int, default=10)
    train.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    train.set_defaults(run=training)
    chain = commands.add_parser("data", help="the input pipeline beside Pillow")
    chain.add_argument("--images", required=True, help="a folder of photographs")
    chain.add_argument("--passes", type=int, default=5)
    chain.set_defaults(run=data)
    growth = commands.add_parser("scaling", help="how a step's time grows with batch, depth and visible patches")
    growth.add_argument("--steps", type=int, default=5)
    growth.set_defaults(run=scaling)
    for command in (train, chain, growth):
        command.add_argument("--rounds", type=int, default=3)
        command.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
