#!/usr/bin/env perl
# Listens in the place of a sound card's program: reads 16-bit samples and writes a line for each sound that begins after
# a second of silence: when its first samples came, when the stream began (both Unix milliseconds), and how far into the
# stream it began (milliseconds). Where to is said by EAR.
use strict;
use warnings;
use Time::HiRes 'time';

my %given = ('-r' => 44100, '-c' => 1);
for my $at (0 .. $#ARGV - 1) { $given{$ARGV[$at]} = $ARGV[$at + 1] }
my $a_second = $given{'-r'} * $given{'-c'};
open my $out, '>>', $ENV{EAR} or die "$ENV{EAR}: $!";
my ($began, $heard, $loud) = (undef, 0, -$a_second);
my $rest = '';
while (sysread STDIN, my $bytes, 4096) {
    my $now = time;
    $began //= $now;
    $rest .= $bytes;
    my @samples = unpack 's<*', $rest;
    $rest = length($rest) % 2 ? substr($rest, -1) : '';
    for my $sample (@samples) {
        if (abs($sample) > 300) {
            if ($heard - $loud >= $a_second) {
                syswrite $out, sprintf "%.1f %.1f %.1f\n", $now * 1000, $began * 1000, $heard / $a_second * 1000;
            }
            $loud = $heard;
        }
        $heard++;
    }
}
