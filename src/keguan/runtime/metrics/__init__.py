"""What the policy's figures come to: worked out every day, kept by period and group, judged against their targets."""
